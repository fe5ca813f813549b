"""The discipline log: kept and missed terms by body and person, and who held each case when.

It is evidence; the measure itself is taken outside the system (ust-kubinsky:4.11, dedovichi:15.3).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from otklik.casework.appeals.models import Assignment
from otklik.casework.appeals.queries import start_of, visible_to
from otklik.casework.appeals.vocabulary import OPEN_STATUSES, AssignmentRole
from otklik.casework.deadlines.models import Deadline
from otklik.casework.deadlines.vocabulary import DeadlineKind, DeadlineState
from otklik.casework.quality.models import Finding
from otklik.casework.quality.queries import Wanted, findings
from otklik.casework.quality.vocabulary import Sort
from otklik.casework.replies.models import Reply
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission

ANSWERS = (DeadlineKind.ANSWER, DeadlineKind.INTERIM, DeadlineKind.FINAL)


@dataclass(frozen=True, kw_only=True)
class Participant:
    """One body or person; `returns`: answers sent back for rework, `faults`: errors marked."""

    key: int | None
    name: str
    kept: int
    missed: int
    faults: int = 0
    returns: int = 0

    @property
    def share(self) -> float | None:
        """The part of terms kept, None when there were none."""
        every = self.kept + self.missed
        return self.kept / every if every else None


@dataclass(frozen=True, kw_only=True)
class Holding:
    """Who held the case from when until when (None: still), and by whose word."""

    body: str
    person: str
    role: str
    since: datetime
    until: datetime | None
    by: str


@dataclass(frozen=True, kw_only=True)
class Breach:
    """One missed term with everybody who held the case while it ran."""

    finding: Finding
    holders: Sequence[Holding]


@dataclass(frozen=True, kw_only=True)
class Discipline:
    bodies: Sequence[Participant]
    people: Sequence[Participant]
    breaches: Sequence[Breach]
    more: bool


def discipline(
    access: Access,
    *,
    since: date,
    until: date,
    now: datetime,
    body_id: int | None = None,
    limit: int | None = 100,
) -> Discipline:
    """Terms of answers that ended in the period, both days included: a fixed number of queries.

    Raises Forbidden without the right to control terms.
    """
    access = access.require_any(Permission.CONTROL)
    zone = Municipality.objects.get(pk=access.municipality_id).tz
    terms = _terms(access, start_of(since, zone), start_of(_next(until), zone), now)
    found = findings(
        access, Wanted(sort=Sort.LATE, since=since, until=until, body_id=body_id)
    ).filter(appeal__in=visible_to(access).values("pk"))
    rows = list(found if limit is None else found[: limit + 1])
    shown = rows if limit is None else rows[:limit]
    return Discipline(
        bodies=_bodies(access, terms, now, (since, until)),
        people=_people(terms, now),
        breaches=_breaches(shown),
        more=len(rows) > len(shown),
    )


def _next(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _terms(access: Access, since: datetime, until: datetime, now: datetime) -> QuerySet[Deadline]:
    """Terms that ended in the period and were kept or missed; those still open only when over."""
    over = Q(state=DeadlineState.RUNNING, due_at__lt=now) & Q(
        appeal__status__in=[str(status) for status in OPEN_STATUSES]
    )
    closed = Q(state__in=(DeadlineState.MET, DeadlineState.MET_LATE))
    return Deadline.objects.filter(
        over | closed,
        kind__in=ANSWERS,
        due_at__gte=since,
        due_at__lt=until,
        appeal__in=visible_to(access).order_by().values("pk"),
    )


def _kept() -> Q:
    return Q(state=DeadlineState.MET)


def _bodies(
    access: Access, terms: QuerySet[Deadline], now: datetime, days: tuple[date, date]
) -> list[Participant]:
    key = "appeal__executor_body_id"
    rows = (
        terms.order_by()
        .values(key)
        .annotate(kept=Count("pk", filter=_kept()), missed=Count("pk", filter=~_kept()))
    )
    faults = _faults(access, days)
    returns = _returns(terms)
    keys = {row[key] for row in rows} | set(faults)
    known = [pk for pk in keys if pk is not None]
    names = {one.pk: str(one) for one in Body.objects.filter(pk__in=known)}
    terms_of = {row[key]: (row["kept"], row["missed"]) for row in rows}
    found = [
        Participant(
            key=pk,
            name=names.get(pk or 0, "без исполнителя"),
            kept=terms_of.get(pk, (0, 0))[0],
            missed=terms_of.get(pk, (0, 0))[1],
            faults=faults.get(pk, 0),
            returns=returns.get(pk, 0),
        )
        for pk in keys
    ]
    return _sorted(found)


def _faults(access: Access, days: tuple[date, date]) -> Mapping[int | None, int]:
    rows = findings(access, Wanted(sort=Sort.FAULT, since=days[0], until=days[1]))
    counted = rows.order_by().values("body_id").annotate(count=Count("pk", distinct=True))
    return {row["body_id"]: row["count"] for row in counted}


def _returns(terms: QuerySet[Deadline]) -> Mapping[int | None, int]:
    rows = (
        Reply.objects.filter(appeal__in=terms.values("appeal_id"))
        .order_by()
        .values("appeal__executor_body_id")
        .annotate(count=Sum("returns"))
    )
    return {row["appeal__executor_body_id"]: row["count"] or 0 for row in rows}


def _people(terms: QuerySet[Deadline], now: datetime) -> list[Participant]:
    """By the person named as main executor and not taken off since."""
    term = "question__appeal__deadlines"
    mine = Q(**{f"{term}__in": terms})
    kept = mine & Q(**{f"{term}__state": DeadlineState.MET})
    missed = mine & ~Q(**{f"{term}__state": DeadlineState.MET})
    rows = (
        Assignment.objects.filter(
            question__appeal__in=terms.values("appeal_id"),
            role=AssignmentRole.MAIN,
            withdrawn_at__isnull=True,
            account__isnull=False,
        )
        .order_by()
        .values("account_id")
        .annotate(
            kept=Count(term, filter=kept, distinct=True),
            missed=Count(term, filter=missed, distinct=True),
        )
    )
    counts = {row["account_id"]: (row["kept"], row["missed"]) for row in rows}
    names = {one.pk: one.short_name for one in Account.objects.filter(pk__in=counts)}
    found = [
        Participant(key=pk, name=names.get(pk, "—"), kept=kept_, missed=missed_)
        for pk, (kept_, missed_) in counts.items()
    ]
    return _sorted(found)


def _sorted(found: Iterable[Participant]) -> list[Participant]:
    return sorted(found, key=lambda one: (-one.missed, -one.kept, one.name))


def _breaches(found: Sequence[Finding]) -> list[Breach]:
    holders = holders_of([one.appeal_id for one in found if one.appeal_id])
    return [Breach(finding=one, holders=_while(one, holders)) for one in found]


def _while(finding: Finding, holders: Mapping[int, Sequence[Holding]]) -> list[Holding]:
    """Those who came before the case was answered."""
    every = holders.get(finding.appeal_id or 0, ())
    met = finding.met_at
    return [one for one in every if met is None or one.since <= met]


def holders_of(appeal_ids: Iterable[int]) -> dict[int, list[Holding]]:
    """Everybody who ever held these cases, in order: one query."""
    rows = (
        Assignment.objects.filter(question__appeal__in=set(appeal_ids))
        .select_related("body", "account", "question")
        .order_by("assigned_at", "pk")
    )
    found: dict[int, list[Holding]] = defaultdict(list)
    for row in rows:
        found[row.question.appeal_id].append(_holding(row))
    return found


def _holding(row: Any) -> Holding:
    return Holding(
        body=str(row.body),
        person=row.account.short_name if row.account else "",
        role=row.get_role_display(),
        since=row.assigned_at,
        until=row.withdrawn_at or row.done_at,
        by=row.assigned_by,
    )
