"""Pages of problems and of the cases of one, by key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery

from otklik.base.given import cursor_of, key_given
from otklik.casework.appeals.queries import visible_to
from otklik.casework.appeals.vocabulary import OPEN_STATUSES
from otklik.casework.problems.models import Problem, ProblemCase
from otklik.casework.problems.queries.seeing import problems_of
from otklik.casework.problems.vocabulary import IN_STATES, CaseState, ProblemState
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission

PAGE = 50


@dataclass(frozen=True)
class Listed:
    """One page; `after` continues it, "" at its end."""

    rows: list[Any]
    after: str


def page(access: Access, state: str, *, cursor: str = "", limit: int = PAGE) -> Listed:
    """Problems in a state, the newest first, each with `due_soonest` of its open cases. One query
    beside those of `problems_of`."""
    found = problems_of(access).filter(state=state)
    if key := key_given(cursor):
        found = found.filter(Q(made_at__lte=key[0]) & (Q(made_at__lt=key[0]) | Q(pk__lt=key[1])))
    soonest = (
        _seen(access)
        .filter(problem_id=OuterRef("pk"), state__in=IN_STATES, appeal__status__in=OPEN_STATUSES)
        .values("problem_id")
        .annotate(due=Min("appeal__due_at"))
        .values("due")
    )
    rows = list(
        found.select_related("topic", "settlement", "lead_body")
        .annotate(due_soonest=Subquery(soonest))
        .order_by("-made_at", "-pk")[: limit + 1]
    )
    more, rows = len(rows) > limit, rows[:limit]
    count_seen(access, rows)
    after = cursor_of(rows[-1].made_at, rows[-1].pk) if more else ""
    return Listed(rows, after)


def count_seen(access: Access, problems: Iterable[Problem]) -> None:
    """Let `cases_count` of these tell visible cases only; they are not to be saved after that.

    One query for a person who does not see all cases.
    """
    found = list(problems)
    if not found or access.reach(Permission.VIEW_APPEALS).everywhere:
        return
    rows = _seen(access).filter(problem__in=found, state__in=IN_STATES).order_by()
    numbers = dict(rows.values_list("problem_id").annotate(number=Count("pk")))
    for one in found:
        one.cases_count = numbers.get(one.pk, 0)


def _keep_to_oneself(access: Access, row: ProblemCase) -> None:
    """A reason names other cases; it is left out for one who does not see them all."""
    if not access.reach(Permission.VIEW_APPEALS).everywhere:
        row.reason = ""


def _seen(access: Access) -> QuerySet[ProblemCase]:
    rows = ProblemCase.objects.all()
    if access.reach(Permission.VIEW_APPEALS).everywhere:
        return rows
    return rows.filter(appeal__in=visible_to(access).values("pk"))


def counts(access: Access) -> dict[str, int]:
    """How many there are by state. One query."""
    rows = problems_of(access).values("state").annotate(number=Count("pk", distinct=True))
    found = {row["state"]: row["number"] for row in rows.order_by()}
    return {state: found.get(state, 0) for state in ProblemState.values}


def cases_of(access: Access, problem: Problem, *, after: int = 0, limit: int = PAGE) -> Listed:
    """Visible cases in the problem in order of their joining; the cursor is the last row's id."""
    seen = visible_to(access).filter(problem_cases__problem=problem)
    rows = list(
        ProblemCase.objects.filter(problem=problem, state__in=IN_STATES, pk__gt=after)
        .filter(appeal__in=seen.values("pk"))
        .select_related(
            "appeal", "appeal__applicant", "appeal__street", "appeal__house",
            "appeal__settlement", "appeal__executor_body",
        )
        .defer("appeal__search")
        .order_by("pk")[: limit + 1]
    )  # fmt: skip
    more, rows = len(rows) > limit, rows[:limit]
    for row in rows:
        _keep_to_oneself(access, row)
    return Listed(rows, str(rows[-1].pk) if more else "")


def points_of(access: Access, problem: Problem, limit: int = 300) -> list[tuple[float, float]]:
    """Points of its visible cases for the map, (lat, lon)."""
    rows = visible_to(access).filter(
        problem_cases__problem=problem,
        problem_cases__state__in=IN_STATES,
        lat__isnull=False,
        lon__isnull=False,
    )
    return [(lat, lon) for lat, lon in rows.values_list("lat", "lon")[:limit] if lat and lon]


def by_state(access: Access, problem: Problem) -> dict[str, int]:
    """How many visible cases are proposed, joined, taken out."""
    rows = (
        _seen(access)
        .filter(problem=problem)
        .order_by()
        .values("state")
        .annotate(number=Count("pk"))
    )
    found = {row["state"]: row["number"] for row in rows}
    return {state: found.get(state, 0) for state in CaseState.values}


def membership_of(access: Access, appeal_id: int) -> ProblemCase | None:
    """The problem a case stands in, if any. One query, one more where not all cases are seen."""
    rows: QuerySet[ProblemCase] = ProblemCase.objects.filter(
        appeal_id=appeal_id, state__in=IN_STATES, problem__municipality_id=access.municipality_id
    )
    row = rows.select_related("problem").first()
    if row is not None:
        count_seen(access, [row.problem])
        _keep_to_oneself(access, row)
    return row
