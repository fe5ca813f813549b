"""Internal terms of executors: of a case, and those that are near or over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from otklik.casework.appeals.vocabulary import OPEN_STATUSES
from otklik.casework.deadlines.models import ExecutorTerm
from otklik.casework.deadlines.rules.governing import HEAD, governing
from otklik.casework.deadlines.vocabulary import TermSetter, TermStage
from otklik.directory.organisation.models import Municipality

WINNER = "executor_term_wins"


@dataclass(frozen=True)
class StageTerm:
    """A stage with the term that holds and, where the other set one too, that which does not."""

    stage: TermStage
    holds: ExecutorTerm
    yields: ExecutorTerm | None


def who_wins(municipality: Municipality) -> TermSetter:
    """Whose term holds where both set one."""
    return TermSetter(municipality.settings.get(WINNER, HEAD))


def executor_terms(
    municipality: Municipality, assignment_ids: Iterable[int]
) -> dict[int, list[StageTerm]]:
    """Terms in force by assignment, stages in the order of work; one query."""
    live = ExecutorTerm.objects.filter(
        assignment_id__in=list(assignment_ids), withdrawn_at__isnull=True
    )
    return _by_assignment(live, who_wins(municipality))


def near_terms(municipality: Municipality, until: datetime) -> list[ExecutorTerm]:
    """Terms that hold, end before `until`, and whose part of an open case is not done."""
    live = ExecutorTerm.objects.filter(
        municipality=municipality,
        withdrawn_at__isnull=True,
        assignment__withdrawn_at__isnull=True,
        assignment__done_at__isnull=True,
        assignment__question__appeal__status__in=OPEN_STATUSES,
    ).select_related("assignment__body", "assignment__question__appeal")
    found = _by_assignment(live, who_wins(municipality))
    return [each.holds for stages in found.values() for each in stages if each.holds.due_at < until]


def _by_assignment(terms: Iterable[ExecutorTerm], wins: TermSetter) -> dict[int, list[StageTerm]]:
    by_stage: dict[tuple[int, str], list[ExecutorTerm]] = defaultdict(list)
    for term in terms:
        by_stage[term.assignment_id, term.stage].append(term)
    found: dict[int, list[StageTerm]] = defaultdict(list)
    order = list(TermStage.values)
    for (assignment, stage), both in sorted(
        by_stage.items(), key=lambda pair: order.index(pair[0][1])
    ):
        holds = governing(both, wins)
        assert holds is not None
        other = next((one for one in both if one is not holds), None)
        found[assignment].append(StageTerm(TermStage(stage), holds, other))
    return dict(found)
