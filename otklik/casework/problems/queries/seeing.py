"""Which problems a person sees, and who keeps them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from otklik.base.errors import NotFound
from otklik.casework.appeals.queries import visible_to
from otklik.casework.problems.models import Problem, ProblemCase, ProblemOptions
from otklik.casework.problems.vocabulary import IN_STATES, OPEN_STATES, ProblemState
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission

KEEPING = (Permission.CLASSIFY, Permission.CONTROL)


def may_keep(access: Access) -> bool:
    """Whether this person confirms, joins, splits and merges problems of the municipality."""
    return any(access.reach(right).everywhere for right in KEEPING)


def keeper(access: Access) -> Access:
    """The access acting under the role that keeps problems; raises Forbidden."""
    for right in KEEPING:
        if access.reach(right).everywhere:
            return access.require(right)
    return access.require(Permission.CLASSIFY)


def problems_of(access: Access) -> QuerySet[Problem]:
    """Of the municipality; for one who does not see all its cases, those with a case he sees."""
    found = Problem.objects.filter(municipality_id=access.municipality_id)
    if access.reach(Permission.VIEW_APPEALS).everywhere:
        return found
    seen = visible_to(access).filter(pk=OuterRef("appeal_id"))
    inside = ProblemCase.objects.filter(problem_id=OuterRef("pk"), state__in=IN_STATES)
    return found.filter(Exists(inside.filter(Exists(seen))))


def problem_of(access: Access, problem_id: int) -> Problem:
    """One with its place, topic and lead body; NotFound when hidden or absent."""
    found = (
        problems_of(access)
        .select_related("topic", "settlement", "street", "lead_body", "merged_into")
        .filter(pk=problem_id)
        .first()
    )
    if found is None:
        raise NotFound("Такой проблемы нет или она вам не доступна.", "Вернитесь к списку проблем.")
    return found


def open_problems(access: Access, *, beside: Iterable[int] = ()) -> QuerySet[Problem]:
    """Those a case may be joined to, the latest first."""
    found = problems_of(access).filter(state__in=OPEN_STATES).exclude(pk__in=list(beside))
    return found.order_by("-made_at", "-pk")


def options_of(municipality_id: int) -> ProblemOptions:
    """What the centre has chosen, else as shipped (unsaved)."""
    found = ProblemOptions.objects.filter(municipality_id=municipality_id).first()
    return found or ProblemOptions(municipality_id=municipality_id)


def proposed_count(access: Access, cap: int = 99) -> int:
    """How many wait for a person, up to `cap`."""
    waiting = problems_of(access).filter(state=ProblemState.PROPOSED)
    return waiting.values("pk")[:cap].count()


def said_apart(municipality_id: int, appeal_ids: Iterable[int]) -> list[frozenset[int]]:
    """Sets of these cases that a person has said are not of one incident: dismissed together."""
    rows = ProblemCase.objects.filter(
        Q(problem__state=ProblemState.DISMISSED, problem__municipality_id=municipality_id),
        appeal_id__in=list(appeal_ids),
    )
    sets: dict[int, set[int]] = {}
    for problem_id, appeal_id in rows.values_list("problem_id", "appeal_id"):
        sets.setdefault(problem_id, set()).add(appeal_id)
    return [frozenset(one) for one in sets.values() if len(one) > 1]
