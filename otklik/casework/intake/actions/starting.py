"""Beginning an import: the file, the mapping, the run."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from django.db import transaction

from otklik.base import clock
from otklik.casework.intake.events import ImportStarted
from otklik.casework.intake.models import ImportProfile, ImportRun, ImportUpload
from otklik.casework.intake.rules import Columns, columns_of, guess, open_export, sure
from otklik.casework.intake.rules.export import Export
from otklik.casework.intake.vocabulary import RunState, Source
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record

_CHUNK = 1 << 20


@transaction.atomic
def start_import(
    *,
    access: Access,
    file: Path,
    source: Source,
    mapping: Mapping[str, str],
    profile: ImportProfile | None = None,
    sheet: str = "",
    dry_run: bool = False,
    upload: ImportUpload | None = None,
    file_name: str = "",
    at_once: int | None = None,
) -> ImportRun:
    """Check file and mapping and open a run; an unfinished run of the same file goes on.

    The caller carries it on with `run_import_chunk`; but an upload of more rows than `at_once` is
    given to the worker.
    `mapping` is field → header; an empty one is guessed. Raises Forbidden, Refused, TableError.
    """
    access = access.require(Permission.IMPORT)
    if profile:
        mapping, sheet = mapping or profile.mapping, sheet or profile.sheet
    export, mapping, notes = _read(file, sheet, mapping)
    moment, digest = clock.now(), sha256_of(file)
    unfinished = _unfinished(access, source, digest, export.sheet, mapping, dry_run=dry_run)
    run = unfinished or ImportRun.objects.create(
        municipality_id=access.municipality_id,
        source=source,
        profile=profile,
        upload=upload,
        file_name=(file_name or file.name)[:255],
        file_sha256=digest,
        sheet=export.sheet,
        mapping=mapping,
        headers=list(export.header.names),
        header_row=export.header.last_row,
        dry_run=dry_run,
        notes=notes,
        rows_total=export.total,
        account_id=access.account_id,
        actor_label=access.actor.label[:300],
        started_at=moment,
        touched_at=moment,
    )
    by_worker = upload is not None and at_once is not None and run.rows_total > at_once
    _record(access, run, by_worker=by_worker)
    return run


def _read(
    file: Path, sheet: str, mapping: Mapping[str, str]
) -> tuple[Export, Mapping[str, str], list[str]]:
    """The export (closed again), its mapping (guessed where none is given), remarks on both."""
    export = open_export(file, sheet)
    try:
        names = export.header.names
        mapping = dict(mapping) or sure(guess(names, export.sample()), names)
        columns: Columns = columns_of(mapping, names)
        return export, mapping, [*export.table.notes, *columns.notes]
    finally:
        export.close()


def _unfinished(
    access: Access,
    source: Source,
    digest: str,
    sheet: str,
    mapping: Mapping[str, str],
    *,
    dry_run: bool,
) -> ImportRun | None:
    return ImportRun.objects.filter(
        municipality_id=access.municipality_id,
        source=source,
        file_sha256=digest,
        sheet=sheet,
        mapping=mapping,
        dry_run=dry_run,
        state=RunState.RUNNING,
    ).first()


def _record(access: Access, run: ImportRun, *, by_worker: bool) -> None:
    event = ImportStarted(
        subject_id=run.pk,
        file_name=run.file_name,
        source=run.source,
        dry_run=run.dry_run,
        by_worker=by_worker,
    )
    record(event, actor=access.actor, municipality_id=access.municipality_id)


def sha256_of(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
