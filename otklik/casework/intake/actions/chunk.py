"""One batch of rows: which are new, which changed, which say nothing new, which are refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo

from otklik.casework.appeals.actions.external import ExternalNews, update_external
from otklik.casework.appeals.actions.register_many import Arrival, register_many
from otklik.casework.appeals.models import Appeal
from otklik.casework.classification.actions import suggest_many
from otklik.casework.deadlines.actions import set_deadlines_many
from otklik.casework.deadlines.actions.external import adopt_terms
from otklik.casework.deadlines.rules import Planner
from otklik.casework.intake.actions.arrivals import arrival_of
from otklik.casework.intake.actions.naming import Names
from otklik.casework.intake.actions.reconciling import Reconciler, keep_records
from otklik.casework.intake.models import ImportRowResult, ImportRun
from otklik.casework.intake.rules import ImportedRow, Network, RowProblem
from otklik.casework.intake.rules.admitting import admitted, law59_remark
from otklik.casework.intake.vocabulary import Outcome, Source
from otklik.casework.replies.actions.imported import GivenAnswer, keep_given_answers
from otklik.directory.organisation.rules import Access

_TWICE = "Номер {number} уже есть в строке {row} этого файла."
_TWICE_MEND = "Оставьте в выгрузке одну строку с этим номером."
_KEPT = "Текст в выгрузке изменился; в карточке оставлен прежний."


@dataclass
class Batch:
    """What became of the rows of one batch."""

    results: list[ImportRowResult] = field(default_factory=list)
    created: list[int] = field(default_factory=list)
    updated: list[int] = field(default_factory=list)
    without_topic: list[int] = field(default_factory=list)
    law59: list[int] = field(default_factory=list)
    differing: int = 0

    def count(self, outcome: Outcome) -> int:
        return sum(result.outcome == outcome for result in self.results)


@dataclass(frozen=True)
class Importer:
    """Everything one run needs beside its rows."""

    access: Access
    run: ImportRun
    names: Names
    planner: Planner
    zone: tzinfo = UTC
    networks: Sequence[Network] = ()

    @property
    def source(self) -> Source:
        return Source(self.run.source)

    def take(self, rows: Sequence[ImportedRow], problems: Sequence[RowProblem]) -> Batch:
        """Bring the batch into the casework (not in a dry run); inside the caller's transaction."""
        batch = Batch()
        rows, named, shut = admitted(rows, self.networks)
        problems = [*problems, *shut]
        fresh = self._without_repeats(rows, batch)
        known = self._known(fresh)
        reconciler = Reconciler.load(self.run, self.zone, known)
        new = [row for row in fresh if row.number not in known]
        changed = [
            row
            for row in fresh
            if row.number in known and known[row.number].external_hash != row.digest
        ]
        changed_numbers = {row.number for row in changed}
        told = [
            remark
            for row in fresh
            if row.number in known
            for remark in reconciler.remarks(row, moved=row.number in changed_numbers)
        ]
        batch.differing = len(reconciler.found)
        remarks = _by_row([*problems, *told, *(law59_remark(row) for row in new if row.fz59)])
        self.names.learn([*new, *changed], dry_run=self.run.dry_run)
        created = {} if self.run.dry_run else self._create(new, batch)
        if not self.run.dry_run:
            self._update(changed, reconciler, batch, remarks)
            reconciler.keep([row for row in fresh if row.number in known])
            ids = {**created, **{number: appeal.pk for number, appeal in known.items()}}
            keep_records(self.run, [*new, *changed], ids, named)
        for row in fresh:
            outcome, pk = Outcome.CREATED, created.get(row.number)
            if row.number in known:
                pk = known[row.number].pk
                moved = row.number in changed_numbers
                outcome = Outcome.UPDATED if moved else Outcome.UNCHANGED
            said = reconciler.changes(row) if outcome == Outcome.UPDATED else ""
            batch.results.append(self._result(row, outcome, pk, remarks, said))
        _refuse(batch, self.run, problems)
        return batch

    def _without_repeats(self, rows: Sequence[ImportedRow], batch: Batch) -> list[ImportedRow]:
        """The first row of every number; later ones in the same file are refused."""
        earlier = ImportRowResult.objects.filter(
            run=self.run, external_number__in=[row.number for row in rows]
        ).exclude(outcome__in=(Outcome.REFUSED, Outcome.SKIPPED))
        seen = dict(earlier.values_list("external_number", "row_number"))
        fresh = []
        for row in rows:
            first = seen.setdefault(row.number, row.row_number)
            if first == row.row_number:
                fresh.append(row)
                continue
            batch.results.append(
                ImportRowResult(
                    run=self.run,
                    row_number=row.row_number,
                    external_number=row.number,
                    outcome=Outcome.REFUSED,
                    reason=_TWICE.format(number=row.number, row=first),
                    mend=_TWICE_MEND,
                )
            )
        return fresh

    def _known(self, rows: Sequence[ImportedRow]) -> dict[str, Appeal]:
        found = Appeal.objects.filter(
            municipality_id=self.run.municipality_id,
            external_system=self.run.source,
            external_number__in=[row.number for row in rows],
        )
        shown = found.only("external_number", "external_hash", "status", "regime", "due_at")
        return {appeal.external_number: appeal for appeal in shown}

    def _create(self, rows: Sequence[ImportedRow], batch: Batch) -> dict[str, int]:
        if not rows:
            return {}
        arrivals = self._linked([self._arrival(row) for row in rows])
        appeals = register_many(access=self.access, arrivals=arrivals, assigned_by=self._label())
        set_deadlines_many(appeals=appeals, planner=self.planner, actor=self.access.actor)
        terms = {
            appeal.pk: row.due_at
            for appeal, row in zip(appeals, rows, strict=True)
            if row.due_at and not row.fz59
        }
        if terms:
            adopt_terms(terms=terms, source=self._label())
        self._keep_answers(rows, {appeal.external_number: appeal.pk for appeal in appeals})
        batch.created = [appeal.pk for appeal in appeals]
        batch.law59 = [a.pk for a, row in zip(appeals, rows, strict=True) if row.fz59]
        puzzling = [appeal for appeal in appeals if appeal.topic_id is None]
        if puzzling:
            suggest_many(municipality_id=self.run.municipality_id, appeals=puzzling)
        batch.without_topic = [appeal.pk for appeal in puzzling]
        return {appeal.external_number: appeal.pk for appeal in appeals}

    def _arrival(self, row: ImportedRow) -> Arrival:
        return arrival_of(
            row,
            source=self.source,
            names=self.names,
            planner=self.planner,
            moment=self.run.started_at,
        )

    def _linked(self, arrivals: list[Arrival]) -> list[Arrival]:
        """Texts that were sent before, word for word, are tied to the earliest such case."""
        prints = {arrival.new.fingerprint for arrival in arrivals if arrival.new.fingerprint}
        earlier: dict[str, tuple[datetime, int]] = {}
        same = Appeal.objects.filter(
            municipality_id=self.run.municipality_id, fingerprint__in=prints
        )
        for text, received, pk in same.values_list("fingerprint", "received_at", "pk"):
            earlier[text] = min(earlier.get(text, (received, pk)), (received, pk))
        linked = []
        for arrival in arrivals:
            first = earlier.get(arrival.new.fingerprint)
            is_later = first is not None and first[0] <= arrival.new.received_at
            linked.append(replace(arrival, repeats_id=first[1]) if first and is_later else arrival)
        return linked

    def _update(
        self,
        rows: Sequence[ImportedRow],
        reconciler: Reconciler,
        batch: Batch,
        remarks: dict[int, RowProblem],
    ) -> None:
        if not rows:
            return
        known = reconciler.known
        news = [self._news(row, reconciler) for row in rows]
        changes = update_external(
            access=self.access, news=news, source=self._label(), moment=self.run.started_at
        )
        terms = {
            known[row.number].pk: row.due_at
            for row in rows
            if row.due_at and not reconciler.keeps_term(row)
        }
        adopt_terms(terms=terms, source=self._label())
        closed = Appeal.objects.filter(pk__in=[item.appeal_id for item in news if item.closed_as])
        set_deadlines_many(
            appeals=closed.defer("search", "text"),
            planner=self.planner,
            actor=self.access.actor,
        )
        self._keep_answers(rows, {number: appeal.pk for number, appeal in known.items()})
        for row in rows:
            pk = known[row.number].pk
            batch.updated.append(pk)
            if not changes.get(pk) and not row.due_at and not reconciler.changes(row):
                remarks.setdefault(
                    row.row_number, RowProblem(row.row_number, "", _KEPT, "", refuses=False)
                )

    def _keep_answers(self, rows: Sequence[ImportedRow], ids: Mapping[str, int]) -> None:
        answers = [
            GivenAnswer(
                appeal_id=ids[row.number],
                text=row.answer_text,
                body_id=self.names.body(row.body),
                answered_at=row.answered_at,
            )
            for row in rows
            if row.answer_text
        ]
        if answers:
            keep_given_answers(
                access=self.access,
                answers=answers,
                source=self._label(),
                moment=self.run.started_at,
            )

    def _news(self, row: ImportedRow, reconciler: Reconciler) -> ExternalNews:
        closed = reconciler.closes(row)
        return ExternalNews(
            appeal_id=reconciler.known[row.number].pk,
            external_hash=row.digest,
            external_status=row.status,
            closed_as=closed,
            answered_at=row.answered_at if closed else None,
            score=row.score,
            topic_id=self.names.topic(row.topic),
            was_topic_id=self.names.topic(reconciler.before(row).get("topic") or ""),
            body_id=self.names.body(row.body),
        )

    def _label(self) -> str:
        return f"выгрузка {self.source.label}"

    def _result(
        self,
        row: ImportedRow,
        outcome: Outcome,
        appeal_id: int | None,
        remarks: dict[int, RowProblem],
        changes: str = "",
    ) -> ImportRowResult:
        remark = remarks.get(row.row_number)
        return ImportRowResult(
            run=self.run,
            row_number=row.row_number,
            external_number=row.number,
            outcome=outcome,
            appeal_id=appeal_id,
            column=remark.column[:200] if remark else "",
            reason=remark.reason[:1000] if remark else "",
            mend=remark.mend[:500] if remark else "",
            changes=changes,
        )


def _by_row(problems: Sequence[RowProblem]) -> dict[int, RowProblem]:
    """Remarks and refusals by row, several of one row joined; a refusal leads."""
    found: dict[int, RowProblem] = {}
    for problem in sorted(problems, key=lambda p: not p.refuses):
        before = found.get(problem.row_number)
        if before is None:
            found[problem.row_number] = problem
        else:
            named = f"{problem.column}: " if problem.column else ""
            reason = f"{before.reason} {named}{problem.reason}"
            found[problem.row_number] = replace(before, reason=reason)
    return found


def _refuse(batch: Batch, run: ImportRun, problems: Sequence[RowProblem]) -> None:
    refused = {problem.row_number for problem in problems if problem.refuses}
    for number, problem in _by_row([p for p in problems if p.row_number in refused]).items():
        batch.results.append(
            ImportRowResult(
                run=run,
                row_number=number,
                external_number=problem.number,
                outcome=Outcome.SKIPPED if problem.skips else Outcome.REFUSED,
                column=problem.column[:200],
                reason=problem.reason[:1000],
                mend=problem.mend[:500],
            )
        )
