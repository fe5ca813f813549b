"""The raw tables read row by row, and what they say of every question. Plain Python, slow.

Nothing of the rooms of analysis is used here: this is what their numbers are judged by.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from django.db.models import Model

from otklik.casework.appeals.models import Appeal, Applicant, Assignment, Question
from otklik.casework.deadlines.models import Deadline
from otklik.casework.replies.models import Reply
from otklik.casework.satisfaction.models import Survey
from otklik.directory.approvals.models import ApprovalStep
from otklik.directory.organisation.models import BlockMember, Body, Municipality
from otklik.directory.territory.models import Settlement
from otklik.directory.topics.models import Topic

Plain: TypeAlias = dict[str, Any]
OPEN = {"received", "registered", "assigned", "on_approval", "approved"}


@dataclass(frozen=True)
class Row:
    """A question with all that its case, its parts given and its answers say of it."""

    question: int
    appeal: int
    first: bool
    channel: str
    regime: str
    kind: str
    status: str
    result: str
    repetition: str
    theme: str
    applicant_kind: str
    topic: int | None
    topic_group: str
    body: int | None
    blocks: tuple[int, ...]
    settlement: int | None
    district: int | None
    addressee: int | None
    received_at: datetime
    received: date
    answered_at: datetime | None
    answered: date | None
    starts_at: datetime
    due_at: datetime | None
    days: int | None
    score: int | None
    reopened: int
    repeated: bool
    returned: int
    checks: int
    passed: int
    fast: bool
    bodies: frozenset[int]
    people: frozenset[int]

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_answered(self) -> bool:
        return self.status == "answered"

    def overdue(self, now: datetime) -> bool:
        return self.is_open and self.due_at is not None and self.due_at < now

    @property
    def in_time(self) -> bool:
        return bool(self.answered_at and self.due_at and self.answered_at <= self.due_at)

    @property
    def late(self) -> bool:
        return bool(self.answered_at and self.due_at and self.answered_at > self.due_at)

    @property
    def used(self) -> float | None:
        """Which share of the term was used, from 0 to 1."""
        if self.answered_at is None or self.due_at is None:
            return None
        whole = (self.due_at - self.starts_at).total_seconds()
        if not whole:
            return None
        spent = (self.answered_at - self.starts_at).total_seconds() / whole
        return min(1.0, max(0.0, spent))


@dataclass
class Books:
    """All raw rows of one municipality."""

    zone: ZoneInfo
    rows: list[Row] = field(default_factory=list)
    surveys: list[Plain] = field(default_factory=list)
    returns: list[Plain] = field(default_factory=list)
    parents: dict[int, int | None] = field(default_factory=dict)
    members: dict[int, set[int]] = field(default_factory=dict)

    def below(self, body: int) -> set[int]:
        """The body and whatever stands under it."""
        found = {body}
        while True:
            more = {one for one, above in self.parents.items() if above in found} - found
            if not more:
                return found
            found |= more

    def of_appeal(self) -> dict[int, Row]:
        return {row.appeal: row for row in self.rows if row.first}


def _by(model: type[Model], key: str, *order: str) -> dict[Any, list[Plain]]:
    found: dict[Any, list[Plain]] = defaultdict(list)
    for row in _all(model, *order):
        found[row[key]].append(row)
    return found


def _one(model: type[Model]) -> dict[int, Plain]:
    return {row["id"]: row for row in _all(model)}


def _all(model: type[Model], *order: str) -> list[Plain]:
    names = [field.attname for field in model._meta.concrete_fields if field.name != "search"]
    return [dict(row) for row in model._default_manager.order_by(*order, "pk").values(*names)]


def read(municipality_id: int) -> Books:
    """Everything, table by table."""
    town = Municipality.objects.get(pk=municipality_id)
    appeals = [one for one in _all(Appeal) if one["municipality_id"] == municipality_id]
    tables = _Tables(
        town.tz,
        questions=_by(Question, "appeal_id", "number"),
        assignments=_by(Assignment, "question_id"),
        replies=_by(Reply, "appeal_id", "created_at"),
        deadlines=_by(Deadline, "appeal_id"),
        topics=_one(Topic),
        settlements=_one(Settlement),
        applicants=_one(Applicant),
        members=_members(),
    )
    ids = {one["id"] for one in appeals}
    replies = {r["id"]: a for a, rows in tables.replies.items() if a in ids for r in rows}
    return Books(
        zone=town.tz,
        rows=[row for one in appeals for row in tables.rows(one)],
        surveys=[one for one in _all(Survey) if one["appeal_id"] in ids],
        returns=[
            {**step, "appeal_id": replies[step["subject_id"]]}
            for step in _all(ApprovalStep)
            if step["subject"] == "reply"
            and step["state"] == "returned"
            and step["subject_id"] in replies
        ],
        parents=dict(Body.objects.values_list("pk", "parent_id")),
        members=_members(),
    )


def _members() -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for one in BlockMember.objects.values("block_id", "body_id"):
        if one["body_id"] is not None:
            found[one["block_id"]].add(one["body_id"])
    return dict(found)


@dataclass
class _Tables:
    zone: ZoneInfo
    questions: Mapping[int, list[Plain]]
    assignments: Mapping[int, list[Plain]]
    replies: Mapping[int, list[Plain]]
    deadlines: Mapping[int, list[Plain]]
    topics: Mapping[int, Plain]
    settlements: Mapping[int, Plain]
    applicants: Mapping[int, Plain]
    members: Mapping[int, set[int]]

    def rows(self, appeal: Plain) -> list[Row]:
        questions = self.questions[appeal["id"]]
        given = [
            part
            for question in questions
            for part in self.assignments.get(question["id"], [])
            if part["withdrawn_at"] is None
        ]
        bodies = frozenset(part["body_id"] for part in given)
        people = frozenset(part["account_id"] for part in given if part["account_id"])
        mains = [part["body_id"] for part in given if part["role"] == "main"]
        executor = mains[0] if mains else None
        return [self._row(appeal, one, executor, bodies, people) for one in questions]

    def _row(
        self,
        appeal: Plain,
        question: Plain,
        executor: int | None,
        bodies: frozenset[int],
        people: frozenset[int],
    ) -> Row:
        first = question["number"] == 1
        body = self._body(question["id"], executor if first else None)
        topic = question["topic_id"] or appeal["topic_id"]
        village = question["settlement_id"] or appeal["settlement_id"]
        answered_at = question["answered_at"] or appeal["answered_at"]
        begun = appeal["registered_at"] or appeal["received_at"]
        terms = [one for one in self.deadlines.get(appeal["id"], []) if one["kind"] == "answer"]
        return Row(
            question=question["id"],
            appeal=appeal["id"],
            first=first,
            channel=appeal["channel"],
            regime=appeal["regime"],
            kind=appeal["kind"],
            status=appeal["status"],
            result=question["result"],
            repetition=appeal["repetition"],
            theme=appeal["theme"],
            applicant_kind=self.applicants[appeal["applicant_id"]]["kind"],
            topic=topic,
            topic_group=self.topics[topic]["group"] or "Без группы" if topic else "",
            body=body,
            blocks=tuple(sorted(b for b, members in self.members.items() if body in members)),
            settlement=village,
            district=self.settlements[village]["territorial_body_id"] if village else None,
            addressee=appeal["addressee_body_id"],
            received_at=appeal["received_at"],
            received=self._day(appeal["received_at"]),
            answered_at=answered_at,
            answered=self._day(answered_at) if answered_at else None,
            starts_at=terms[0]["starts_at"] if terms else begun,
            due_at=appeal["due_at"],
            days=max(0, (self._day(answered_at) - self._day(begun)).days) if answered_at else None,
            score=appeal["score"],
            reopened=appeal["reopened"],
            repeated=appeal["repeats_id"] is not None,
            returned=sum(one["returns"] for one in self.replies.get(appeal["id"], [])),
            **self._checks(appeal["id"]),
            fast=appeal["fast_track"],
            bodies=bodies,
            people=people,
        )

    def _body(self, question: int, otherwise: int | None) -> int | None:
        """The main executor of a question."""
        mains = [
            part["body_id"]
            for part in self.assignments.get(question, [])
            if part["role"] == "main" and part["withdrawn_at"] is None
        ]
        return mains[0] if mains else otherwise

    def _checks(self, appeal: int) -> dict[str, int]:
        """Of the last answer that was checked: how many checks, how many passed."""
        for reply in reversed(self.replies.get(appeal, [])):
            found = reply["checklist"].get("found")
            if isinstance(found, list) and reply["status"] not in ("draft", "returned"):
                passed = sum(1 for one in found if one[1] == "ok")
                return {"checks": len(found), "passed": passed}
        return {"checks": 0, "passed": 0}

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()


@dataclass(frozen=True)
class Right:
    """One appointment: how far the right to analysis reaches by it, and in which channels."""

    scope: str
    body: int | None
    block: int | None
    channels: tuple[str, ...]

    def reaches(self, books: Books, row: Row, account: int) -> bool:
        if self.channels and row.channel not in self.channels:
            return False
        if self.scope == "municipality":
            return True
        return account in row.people or bool(row.bodies & self.bodies(books))

    def bodies(self, books: Books) -> set[int]:
        found: set[int] = set()
        if self.scope in ("body", "block") and self.body:
            found |= books.below(self.body)
        if self.scope == "block" and self.block:
            found |= books.members.get(self.block, set())
        return found


def visible(books: Books, rights: Sequence[Right], account: int) -> list[Row]:
    return [row for row in books.rows if any(r.reaches(books, row, account) for r in rights)]
