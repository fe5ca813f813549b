"""«Принято в работу»: when the executors of the demo took each assignment in hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random

from django.db import connection

from otklik.base.actor import Actor
from otklik.base.bulk import copy_new
from otklik.casework.appeals.models import Assignment
from otklik.casework.teamwork.events import AssignmentReceived, FirstReaction
from otklik.casework.teamwork.models import Handling
from otklik.casework.teamwork.vocabulary import Reaction
from otklik.config.demo.history import Hands, entry
from otklik.config.demo.life import add_working_hours, works
from otklik.config.demo.model import DemoAppeal, DemoQuestion
from otklik.records.journal.models import Entry

FORGOTTEN = 4
"""So many assignments of the last days nobody has confirmed: the desk's work of today."""
_LOOK_BACK = timedelta(days=5)

Given = tuple[DemoAppeal, DemoQuestion, Assignment]


@dataclass
class Receipts:
    """Remembers between batches how many assignments are left unconfirmed."""

    horizon: datetime
    hands: Hands
    signed_in: frozenset[str]
    left: int = field(default=0)

    def write(self, given: Sequence[Given]) -> list[Entry]:
        """Save how each assignment was met; returns the entries of the journal about it."""
        rows: list[Handling] = []
        told: list[Entry] = []
        for appeal, question, assignment in given:
            at = self._moment(appeal, question)
            if at is None or at > self.horizon or self._forgotten(appeal, question):
                continue
            rows.append(self._row(question, assignment, at))
            told += self._entries(question, assignment, at)
        copy_new(connection, rows)
        return told

    def _moment(self, appeal: DemoAppeal, question: DemoQuestion) -> datetime | None:
        start = question.assigned_at
        if start is None:
            return None
        rng = Random(appeal.order * 31 + question.number)
        at = add_working_hours(start, rng.uniform(0.05, 5))
        later = [draft.at for draft in appeal.drafts[:1]]
        later += [moment for moment in (question.answered_at, appeal.tried_at) if moment]
        first = min(later, default=None)
        return start + (first - start) / 3 if first and at >= first else at

    def _forgotten(self, appeal: DemoAppeal, question: DemoQuestion) -> bool:
        start = question.assigned_at
        fits = (
            self.left < FORGOTTEN
            and start is not None
            and not (appeal.drafts or question.answered_at)
            and question.body in self.signed_in
            and appeal.order % 2 == 0
            and self.horizon - _LOOK_BACK < start < _last_working(self.horizon)
        )
        self.left += fits
        return fits

    def _actor(self, body: str) -> Actor:
        """Bodies that nobody signs in for are seen to by the one who writes for everybody."""
        return self.hands.executors[body] if body in self.signed_in else self.hands.writer

    def _row(self, question: DemoQuestion, assignment: Assignment, at: datetime) -> Handling:
        return Handling(
            assignment=assignment,
            received_at=at,
            received_label=self._actor(question.body).label,
            reacted_at=at,
            reaction=Reaction.RECEIVED,
        )

    def _entries(
        self, question: DemoQuestion, assignment: Assignment, at: datetime
    ) -> tuple[Entry, Entry]:
        case, place = assignment.question.appeal_id, assignment.body.municipality_id
        name, actor = assignment.body.short_name, self._actor(question.body)
        took = AssignmentReceived(subject_id=assignment.pk, case_id=case, body=name)
        reacted = FirstReaction(
            subject_id=assignment.pk,
            case_id=case,
            body=name,
            reaction_label=Reaction.RECEIVED.label,
            minutes=max(0, int((at - assignment.assigned_at).total_seconds() // 60)),
        )
        return entry(at, took, actor, place), entry(at, reacted, actor, place)


def _last_working(moment: datetime) -> datetime:
    """The midnight with which the last working day by this moment began."""
    day = moment.date()
    while not works(day):
        day -= timedelta(days=1)
    return datetime.combine(day, time(), moment.tzinfo)
