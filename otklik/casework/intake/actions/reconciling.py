"""A batch of known messages against their cases: what changed, what differs, what is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any

from django.db import connection

from otklik.base.bulk import copy_new
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Status
from otklik.casework.intake.models import Difference, ExternalRecord, ImportRun
from otklik.casework.intake.rules import ImportedRow, RowProblem
from otklik.casework.intake.rules import reconciling as rules
from otklik.casework.intake.vocabulary import Decision, DifferenceKind
from otklik.casework.replies.models import Reply
from otklik.casework.replies.vocabulary import ReplyStatus
from otklik.exchange.channels.models import OutboundMessage
from otklik.exchange.channels.vocabulary import OutboundState, Purpose

_ON_THE_WAY = (
    OutboundState.HELD, OutboundState.QUEUED, OutboundState.SENDING, OutboundState.TO_CARRY,
)  # fmt: skip
_OVER = (ReplyStatus.SENT, ReplyStatus.CANCELLED)
_BEGUN = (Status.ON_APPROVAL, Status.APPROVED)
_KEPT_TERM = "Срок в карточке оставлен наш."
_MEND = "Решите на странице «Расхождения»."


@dataclass
class Reconciler:
    """What is known before the batch is taken in; three queries however many rows."""

    run: ImportRun
    zone: tzinfo
    known: Mapping[str, Appeal]
    said: Mapping[int, Mapping[str, Any]]
    heres: Mapping[int, rules.Here]
    found: dict[str, DifferenceKind] = field(default_factory=dict)

    @classmethod
    def load(cls, run: ImportRun, zone: tzinfo, known: Mapping[str, Appeal]) -> Reconciler:
        ids = [appeal.pk for appeal in known.values()]
        records = ExternalRecord.objects.filter(appeal_id__in=ids)
        begun = Reply.objects.filter(appeal_id__in=ids).exclude(status__in=_OVER)
        carried = OutboundMessage.objects.filter(
            case_id__in=ids, purpose=Purpose.ANSWER, state__in=_ON_THE_WAY
        )
        answering = set(begun.values_list("appeal_id", flat=True)) if ids else set()
        to_carry = set(carried.values_list("case_id", flat=True)) if ids else set()
        heres = {
            appeal.pk: rules.Here(
                status=appeal.status,
                regime=appeal.regime,
                due_at=appeal.due_at,
                answering=appeal.pk in answering or appeal.status in _BEGUN,
                to_carry=appeal.pk in to_carry,
            )
            for appeal in known.values()
        }
        said = dict(records.values_list("appeal_id", "said")) if ids else {}
        return cls(run, zone, known, said, heres)

    def before(self, row: ImportedRow) -> Mapping[str, Any]:
        return self.said.get(self.known[row.number].pk, {})

    def here(self, row: ImportedRow) -> rules.Here:
        return self.heres[self.known[row.number].pk]

    def closes(self, row: ImportedRow) -> Status | None:
        """The state in which the file may end our case by itself."""
        takes = rules.takes_closing(row, self.before(row), self.here(row))
        return rules.closed_as(row) if takes else None

    def keeps_term(self, row: ImportedRow) -> bool:
        return rules.keeps_own_term(row, self.before(row), self.here(row))

    def changes(self, row: ImportedRow) -> str:
        """What changed there since the last file; nothing for cases not told of before."""
        if row.number not in self.known:
            return ""
        found = rules.changes(self.before(row), rules.said_by(row), self.zone)
        return "; ".join(found)[:1000]

    def remarks(self, row: ImportedRow, *, moved: bool) -> list[RowProblem]:
        """What a person should know of a known row; differences are remembered for `keep`."""
        said = []
        if kind := rules.difference(row, self.before(row), self.here(row)):
            self.found[row.number] = kind
            state = Status(self.here(row).status).label
            there = f"там «{row.status}», " if row.status else ""
            said.append(f"Расхождение: {DifferenceKind(kind).label} ({there}у нас «{state}»).")
        told = rules.said_by(row)["due_at"]
        if moved and told and told != self.before(row).get("due_at") and self.keeps_term(row):
            said.append(_KEPT_TERM)
        mend = _MEND if row.number in self.found else ""
        return [RowProblem(row.row_number, "", text, mend, refuses=False) for text in said]

    def keep(self, rows: Sequence[ImportedRow]) -> None:
        """Write the differences down once; those that are gone are closed by themselves."""
        ids = [self.known[row.number].pk for row in rows]
        standing = {
            (one.appeal_id, one.kind): one
            for one in Difference.objects.filter(appeal_id__in=ids, decided_at__isnull=True)
        }
        left = set(
            Difference.objects.filter(
                appeal_id__in=ids, decision=Decision.AS_HERE, source=self.run.source
            ).values_list("appeal_id", "kind", "there", "here")
        )
        wanted = [self._difference(row, kind) for row in rows if (kind := self._kind(row))]
        fresh = [
            one
            for one in wanted
            if (one.appeal_id, one.kind) not in standing
            and (one.appeal_id, one.kind, one.there, one.here) not in left
        ]
        Difference.objects.bulk_create(fresh)
        still = {(one.appeal_id, one.kind) for one in wanted}
        gone = [one.pk for key, one in standing.items() if key not in still]
        if gone:
            Difference.objects.filter(pk__in=gone).update(
                decided_at=self.run.started_at,
                decision=Decision.AGREED,
                decided_label=self.run.actor_label,
            )

    def _kind(self, row: ImportedRow) -> DifferenceKind | None:
        return self.found.get(row.number)

    def _difference(self, row: ImportedRow, kind: DifferenceKind) -> Difference:
        return Difference(
            municipality_id=self.run.municipality_id,
            appeal_id=self.known[row.number].pk,
            run=self.run,
            source=self.run.source,
            kind=kind,
            there=row.status[:100],
            answered_there_at=row.answered_at,
            here=Status(self.here(row).status).label,
            seen_at=self.run.started_at,
        )


def keep_records(
    run: ImportRun, rows: Sequence[ImportedRow], ids: Mapping[str, int], networks: Mapping[str, str]
) -> None:
    """Remember what the file said of each case, for the next file; `networks`: name by number."""
    records = [
        ExternalRecord(
            appeal_id=ids[row.number],
            network=networks.get(row.number, ""),
            link=row.link,
            author_link=row.author_link,
            incident_kind=row.incident_kind,
            tags=row.tags,
            votes=row.votes,
            said=rules.said_by(row),
            said_at=run.started_at,
        )
        for row in rows
    ]
    known = set(
        ExternalRecord.objects.filter(appeal_id__in=[one.appeal_id for one in records]).values_list(
            "appeal_id", flat=True
        )
    )
    copy_new(connection, [one for one in records if one.appeal_id not in known])
    names = [f.name for f in ExternalRecord._meta.concrete_fields if f.name not in ("id", "appeal")]
    ExternalRecord.objects.bulk_create(
        [one for one in records if one.appeal_id in known],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["appeal"],
        update_fields=names,
    )
