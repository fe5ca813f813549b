"""The page of terms: open cases by remaining time, grouped as one asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, tzinfo
from typing import Any

from django.db.models import Count, Q, QuerySet

from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.appeals.queries import visible_to
from otklik.casework.appeals.vocabulary import OPEN_STATUSES, AssignmentRole, Channel, Status
from otklik.casework.control.vocabulary import By
from otklik.casework.deadlines.queries import UrgencyCounts, bounds_of, within
from otklik.casework.deadlines.vocabulary import Urgency
from otklik.casework.replies.models import Reply
from otklik.casework.replies.queries import OPEN
from otklik.casework.replies.vocabulary import ReplyStatus
from otklik.directory.accounts.models import Account
from otklik.directory.calendars.queries import calendar_for
from otklik.directory.organisation.models import BlockMember, Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission

PAGE = 50
Cursor = tuple[datetime, int]
_BREAKING = "breaking"
_APART = (By.BODY, By.SETTLEMENT, By.CHANNEL)
"""Groups that share no case; a body may stand in two blocks, a case may have two persons."""

_ALMOST = (Status.APPROVED,)
_WHY = {
    ReplyStatus.DRAFT: "ответ ещё черновик",
    ReplyStatus.RETURNED: "ответ возвращён на доработку",
}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """`key` is one group of `by` («none» for cases outside any); `tomorrow` what breaks by then."""

    by: By = By.BODY
    key: str = ""
    urgency: Urgency | None = None
    tomorrow: bool = False


@dataclass(frozen=True, kw_only=True)
class Group:
    key: str
    name: str
    counts: UrgencyCounts
    breaking: int = 0


@dataclass(frozen=True, kw_only=True)
class Row:
    """`why`: what is missing for the answer to leave in time.

    `parts`: own terms of executors and co-executors as (name of the part, end), nearest first.
    """

    appeal: Appeal
    why: str
    parts: Sequence[tuple[str, datetime]] = ()


@dataclass(frozen=True, kw_only=True)
class Board:
    """`counts` are of all cases seen; `breaking` fall due by the end of the next working day."""

    counts: UrgencyCounts
    breaking: int
    groups: Sequence[Group]
    rows: Sequence[Row]
    after: Cursor | None


def board(
    access: Access,
    *,
    now: datetime,
    wanted: Wanted,
    after: Cursor | None = None,
    limit: int = PAGE,
) -> Board:
    """One page of the board: a fixed number of queries whatever the number of rows.

    Raises Forbidden without the right to control terms.
    """
    access = access.require_any(Permission.CONTROL)
    zone = Municipality.objects.get(pk=access.municipality_id).tz
    bounds, soon = bounds_of(now, zone), _tomorrow(access.municipality_id, now, zone)
    counted = {str(urgency): Count("pk", filter=within(urgency, bounds)) for urgency in Urgency}
    counted[_BREAKING] = Count("pk", filter=soon)
    groups = _GROUPS[wanted.by](access, counted, bounds)
    counts, breaking = _totals(access, counted, groups if wanted.by in _APART else None)
    rows = _open(access)
    if wanted.key:
        rows = rows.filter(_in_group(wanted))
    if wanted.urgency is not None:
        rows = rows.filter(within(wanted.urgency, bounds))
    if wanted.tomorrow:
        rows = rows.filter(soon)
    found = _page(rows, after, limit)
    last = found[limit - 1] if len(found) > limit else None
    return Board(
        counts=counts,
        breaking=breaking,
        groups=groups,
        rows=_rows(found[:limit]),
        after=None if last is None or last.due_at is None else (last.due_at, last.pk),
    )


def _totals(
    access: Access, counted: dict[str, Count], groups: list[Group] | None
) -> tuple[UrgencyCounts, int]:
    """Of all cases; the sum of groups that share no case, where there are such: no query then."""
    if groups is None:
        row = _open(access).order_by().aggregate(**counted)
        return _counts(row), row[_BREAKING]
    sums = {str(u): sum(getattr(one.counts, str(u)) for one in groups) for u in Urgency}
    return UrgencyCounts(**sums), sum(one.breaking for one in groups)


def _open(access: Access) -> QuerySet[Appeal]:
    return visible_to(access).filter(
        status__in=[str(status) for status in OPEN_STATUSES], due_at__isnull=False
    )


def _tomorrow(municipality_id: int, now: datetime, zone: tzinfo) -> Q:
    """Due by the end of the next working day, and no answer is approved yet."""
    today = now.astimezone(zone).date()
    last = calendar_for(municipality_id).next_working(today + timedelta(days=1))
    until = datetime.combine(last + timedelta(days=1), time(), tzinfo=zone)
    undone = ~Q(status__in=[str(status) for status in _ALMOST])
    return Q(due_at__gte=now, due_at__lt=until) & undone


def _page(rows: QuerySet[Appeal], after: Cursor | None, limit: int) -> list[Appeal]:
    if after is not None:
        rows = rows.filter(Q(due_at__gt=after[0]) | Q(due_at=after[0], pk__gt=after[1]))
    return list(
        rows.select_related("executor_body", "topic", "settlement", "applicant")
        .defer("search", "text")
        .order_by("due_at", "pk")[: limit + 1]
    )


def _rows(found: Sequence[Appeal]) -> list[Row]:
    states = dict(
        Reply.objects.filter(appeal__in=[one.pk for one in found], status__in=OPEN).values_list(
            "appeal_id", "status"
        )
    )
    parts = _parts(found)
    return [
        Row(appeal=one, why=_why(one, states.get(one.pk, "")), parts=parts.get(one.pk, ()))
        for one in found
    ]


def _parts(found: Sequence[Appeal]) -> dict[int, list[tuple[str, datetime]]]:
    rows = Assignment.objects.filter(
        question__appeal__in=[one.pk for one in found],
        withdrawn_at__isnull=True,
        done_at__isnull=True,
        due_at__isnull=False,
    ).select_related("body", "question")
    parts: dict[int, list[tuple[str, datetime]]] = {}
    for one in rows.order_by("due_at", "pk"):
        name = f"{one.get_role_display()} {one.body}"
        assert one.due_at is not None
        pair = (name, one.due_at)
        of_case = parts.setdefault(one.question.appeal_id, [])
        if pair not in of_case:
            of_case.append(pair)
    return parts


def _why(appeal: Appeal, status: str) -> str:
    if appeal.executor_body_id is None:
        return "исполнитель не назначен"
    if appeal.status in _ALMOST:
        return "осталось отправить"
    if status:
        return _WHY.get(ReplyStatus(status), "")
    return "" if appeal.status == Status.ON_APPROVAL else "ответ не начат"


def _in_group(wanted: Wanted) -> Q:
    empty, key = wanted.key == "none", wanted.key
    number = int(key) if key.isdecimal() else 0
    if wanted.by == By.CHANNEL:
        return Q(channel=key)
    if wanted.by == By.PERSON:
        return Q(account_ids=[]) if empty else Q(account_ids__contains=[number])
    if wanted.by == By.BLOCK and not empty:
        # A subquery, so that a body of two blocks does not double its cases.
        return Q(executor_body__in=_bodies_of(number))
    column = {
        By.BODY: "executor_body",
        By.SETTLEMENT: "settlement",
        By.BLOCK: "executor_body__blocks",
    }[wanted.by]
    return Q(**{f"{column}__isnull": True}) if empty else Q(**{column: number})


def _bodies_of(block_id: int) -> Any:
    return BlockMember.objects.filter(block_id=block_id, body__isnull=False).values("body_id")


def _plain(
    key: str, names: Sequence[str], empty: str
) -> Callable[[Access, dict[str, Count], Any], list[Group]]:
    """Grouping by a column of the case: one query."""

    def groups(access: Access, counted: dict[str, Count], bounds: Any) -> list[Group]:
        rows = _open(access).order_by().values(key, *names).annotate(**counted)
        return _sorted(
            Group(
                key=str(row[key]) if row[key] not in (None, "") else "none",
                name=next((str(row[name]) for name in names if row[name]), empty),
                counts=_counts(row),
                breaking=row[_BREAKING],
            )
            for row in rows
        )

    return groups


def _channels(access: Access, counted: dict[str, Count], bounds: Any) -> list[Group]:
    labels = {one.value: str(one.label) for one in Channel}
    found = _plain("channel", (), "")(access, counted, bounds)
    return _sorted(replace(one, name=labels.get(one.key, one.key)) for one in found)


def _people(access: Access, counted: dict[str, Count], bounds: Any) -> list[Group]:
    """By the person named in the case: three queries."""
    case = "question__appeal"
    of_case = {
        str(urgency): Count(
            case, distinct=True, filter=_prefixed(within(urgency, bounds), f"{case}__")
        )
        for urgency in Urgency
    }
    rows = (
        Assignment.objects.filter(
            question__appeal__in=_open(access).order_by().values("pk"),
            role=AssignmentRole.MAIN,
            withdrawn_at__isnull=True,
            account__isnull=False,
        )
        .order_by()
        .values("account_id")
        .annotate(**of_case)
    )
    counts = {row["account_id"]: _counts(row) for row in rows}
    names = {one.pk: one.short_name for one in Account.objects.filter(pk__in=counts)}
    found = [
        Group(key=str(pk), name=names.get(pk, "—"), counts=each) for pk, each in counts.items()
    ]
    nobody = _counts(_open(access).filter(account_ids=[]).order_by().aggregate(**counted))
    if nobody.total:
        found.append(Group(key="none", name="сотрудник не назван", counts=nobody))
    return _sorted(found)


def _counts(row: Any) -> UrgencyCounts:
    return UrgencyCounts(**{str(urgency): row[str(urgency)] for urgency in Urgency})


def _prefixed(condition: Q, prefix: str) -> Q:
    """The same condition said of a row that leads to the case."""
    return Q(**{f"{prefix}{name}": value for name, value in condition.children})  # type: ignore[misc]


def _sorted(groups: Any) -> list[Group]:
    return sorted(groups, key=lambda one: (-one.counts.overdue, -one.counts.total, one.name))


_BODY_NAMES = ("executor_body__short_name", "executor_body__name")
_GROUPS: dict[By, Callable[[Access, dict[str, Count], Any], list[Group]]] = {
    By.BODY: _plain("executor_body_id", _BODY_NAMES, "без исполнителя"),
    By.SETTLEMENT: _plain("settlement_id", ("settlement__name",), "место не указано"),
    By.CHANNEL: _channels,
    By.BLOCK: _plain("executor_body__blocks", ("executor_body__blocks__name",), "вне блоков"),
    By.PERSON: _people,
}
