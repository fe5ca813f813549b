"""Carrying an import on, batch by batch, each with its checkpoint in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count, islice
from pathlib import Path

from django.db import connection, transaction

from otklik.base import clock
from otklik.base.bulk import copy_new
from otklik.base.errors import Conflict, OtklikError
from otklik.base.tables import Row
from otklik.casework.deadlines.actions import install_builtin_rules
from otklik.casework.deadlines.models import DeadlineRule
from otklik.casework.deadlines.queries.planning import planner_for
from otklik.casework.intake.actions.chunk import Batch, Importer
from otklik.casework.intake.actions.naming import Names
from otklik.casework.intake.actions.notices import tell_registrars
from otklik.casework.intake.events import AppealsImported, ImportFinished
from otklik.casework.intake.models import ImportRun
from otklik.casework.intake.queries.networks import networks_of
from otklik.casework.intake.rules import Export, RowProblem, RowReader, columns_of, open_export
from otklik.casework.intake.vocabulary import Outcome, RunState, Source
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record

BATCH = 500
_ONE_AT_A_TIME = 7_240_002
_COUNTED = ("read", "created", "updated", "unchanged", "refused")


class RunSession:
    """An open file and everything loaded once; `step` brings the next batch in.

    Use as a context manager. A session that raised must not be used again: what it learnt in the
    rolled-back batch is not in the database.
    """

    def __init__(self, *, access: Access, run: ImportRun, file: Path) -> None:
        access = access.require(Permission.IMPORT)
        self._access = access
        self._run_id = run.pk
        self._export: Export = open_export(file, run.sheet)
        municipality = Municipality.objects.get(pk=run.municipality_id)
        columns = columns_of(run.mapping, run.headers)
        self._reader = RowReader(columns.at, run.headers, municipality.tz, run.started_at)
        self._rows: Iterator[Row] = self._export.rows(after=run.last_row)
        self._last_row = run.last_row
        if not DeadlineRule.objects.filter(municipality__isnull=True).exists():
            install_builtin_rules()
        self._names = Names.load(access, Source(run.source))
        self._planner = planner_for(run.municipality_id)
        self._zone = municipality.tz
        self._networks = networks_of(run.municipality_id) if run.source == Source.INCIDENT else ()

    def __enter__(self) -> RunSession:
        return self

    def __exit__(self, *_: object) -> None:
        self._export.close()

    def step(self, size: int = BATCH) -> ImportRun:
        """Bring in the next `size` rows and the checkpoint in one transaction; see `run.state`.

        Raises Conflict when another process carries the same run on.
        """
        rows = list(islice(self._rows, size))
        with transaction.atomic():
            run = self._locked()
            if rows:
                batch = self._take(run, rows)
                self._keep(run, rows, batch)
            if len(rows) < size:
                self._finish(run)
            run.touched_at = clock.now()
            run.save()
        self._last_row = run.last_row
        return run

    def _locked(self) -> ImportRun:
        run = ImportRun.objects.select_for_update().get(pk=self._run_id)
        if run.state != RunState.RUNNING or run.last_row != self._last_row:
            raise Conflict(
                "Эту загрузку уже ведёт другой процесс.",
                "Дождитесь её окончания на странице загрузок.",
            )
        # Two imports at once must not both add the same body.
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s, %s)", [_ONE_AT_A_TIME, run.municipality_id]
            )
        return run

    def _take(self, run: ImportRun, rows: list[Row]) -> Batch:
        good, problems = [], list[RowProblem]()
        for row in rows:
            read, found = self._reader.read(row)
            problems += found
            if read is not None:
                good.append(read)
        importer = Importer(
            access=self._access,
            run=run,
            names=self._names,
            planner=self._planner,
            zone=self._zone,
            networks=self._networks,
        )
        return importer.take(good, problems)

    def _keep(self, run: ImportRun, rows: list[Row], batch: Batch) -> None:
        copy_new(connection, batch.results)
        run.read += len(rows)
        for outcome in Outcome:
            setattr(run, outcome, getattr(run, outcome) + batch.count(outcome))
        run.differing += batch.differing
        run.last_row = rows[-1].number
        if batch.created or batch.updated:
            event = AppealsImported(
                subject_id=run.pk,
                created=tuple(batch.created),
                updated=tuple(batch.updated),
                without_topic=tuple(batch.without_topic),
            )
            record(event, actor=self._access.actor, municipality_id=run.municipality_id)
        if batch.law59:
            tell_registrars(run, batch.law59)

    def _finish(self, run: ImportRun) -> None:
        run.state = RunState.DONE
        run.finished_at = clock.now()
        run.notes = [*run.notes, *self._learnt(run)]
        counts = {name: getattr(run, name) for name in _COUNTED}
        event = ImportFinished(subject_id=run.pk, **counts)
        record(event, actor=self._access.actor, municipality_id=run.municipality_id)

    def _learnt(self, run: ImportRun) -> list[str]:
        verb = "Будет добавлено" if run.dry_run else "Добавлено"
        found = (
            ("новых тем", self._names.new_topics),
            ("новых организаций", self._names.new_bodies),
        )
        return [f"{verb} {what}: {len(names)}." for what, names in found if names]


def run_import_chunk(
    *,
    access: Access,
    run_id: int,
    file: Path,
    size: int = BATCH,
    chunks: int | None = None,
    on_step: Callable[[ImportRun], bool] = lambda _: True,
) -> ImportRun:
    """Carry a run on by so many batches, or to its end; returns the run as it stands.

    `on_step` sees the run after every batch and says whether to go on. What cannot be mended by
    trying again stops the run and is said on it.
    """
    run = ImportRun.objects.get(pk=run_id, municipality_id=access.municipality_id)
    try:
        with RunSession(access=access, run=run, file=file) as session:
            for _ in count() if chunks is None else range(chunks):
                if run.state != RunState.RUNNING:
                    break
                run = session.step(size)
                if not on_step(run):
                    break
    except Conflict:
        raise
    except OtklikError as error:
        fail_import(run_id=run_id, error=error)
        raise
    return run


def fail_import(*, run_id: int, error: OtklikError) -> None:
    """Stop a run that cannot go on; rows already in stay."""
    problem = f"{error} {error.mend}".strip()[:1000]
    ImportRun.objects.filter(pk=run_id, state=RunState.RUNNING).update(
        state=RunState.FAILED, problem=problem, finished_at=clock.now()
    )
