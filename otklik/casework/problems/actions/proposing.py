"""Looking at a new case: does it belong to a known problem, or make one with others?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import OPEN_STATUSES
from otklik.casework.likeness.queries import candidates_of, message_of
from otklik.casework.problems.actions.shaping import hold, new_problem, note, put, shape
from otklik.casework.problems.events import CaseJoined, ProblemProposed
from otklik.casework.problems.models import Problem, ProblemCase, ProblemOptions
from otklik.casework.problems.queries import said_apart
from otklik.casework.problems.rules import fits, group_of
from otklik.casework.problems.vocabulary import (
    IN_STATES,
    OPEN_STATES,
    CaseState,
    How,
    ProblemState,
)
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.notifications.actions import tell_holders
from otklik.exchange.notifications.vocabulary import NoticeKind
from otklik.language.similarity import Verdict, same_incident
from otklik.language.wording import counted

LABEL = "Поиск массовых проблем"


@dataclass(frozen=True)
class _Around:
    """The case, its neighbours of the window, and how each is weighed against the case."""

    appeal: Appeal
    others: dict[int, Appeal]
    verdicts: dict[int, Verdict]
    inside: dict[int, ProblemCase] = field(default_factory=dict)

    @property
    def alike(self) -> set[int]:
        return {pk for pk, verdict in self.verdicts.items() if verdict.same}


@transaction.atomic
def propose(*, appeal_id: int) -> ProblemCase | None:
    """Put an open case beside those of its incident: to a known problem, or in a new proposed one
    when there are enough. Nothing for a case that stands in a problem already, so it may be
    repeated. A person confirms; a confirmed problem takes further cases in by itself when the
    centre has chosen so.
    """
    appeal = (
        Appeal.objects.select_related("settlement", "street", "house", "municipality")
        .defer("search")
        .filter(pk=appeal_id, status__in=OPEN_STATUSES)
        .first()
    )
    if appeal is None:
        return None
    near = candidates_of(appeal)
    if not near:
        return None
    options = hold(appeal.municipality_id)
    if ProblemCase.objects.filter(appeal=appeal, state__in=IN_STATES).exists():
        return None
    around = _around(appeal, near, options)
    access = Access.system(appeal.municipality_id, LABEL)
    return _to_known(access, around, options) or _to_new(access, around, options)


def _around(appeal: Appeal, near: list[int], options: ProblemOptions) -> _Around:
    reach = timedelta(hours=options.window_hours)
    others = {
        one.pk: one
        for one in Appeal.objects.filter(
            pk__in=near,
            received_at__range=(appeal.received_at - reach, appeal.received_at + reach),
        )
        .select_related("settlement", "street", "house")
        .defer("search")
    }
    told = message_of(appeal)
    verdicts = {pk: same_incident(told, message_of(one)) for pk, one in others.items()}
    inside = {
        row.appeal_id: row
        for row in ProblemCase.objects.filter(
            appeal_id__in=others, state__in=IN_STATES
        ).select_related("problem")
    }
    return _Around(appeal, others, verdicts, inside)


def _to_known(access: Access, around: _Around, options: ProblemOptions) -> ProblemCase | None:
    """The open problem most of whose near cases are of the same incident."""
    refused = set(
        ProblemCase.objects.filter(appeal=around.appeal, state=CaseState.OUT).values_list(
            "problem_id", flat=True
        )
    )
    near: dict[int, list[ProblemCase]] = {}
    for row in around.inside.values():
        if row.problem.state in OPEN_STATES and row.problem_id not in refused:
            near.setdefault(row.problem_id, []).append(row)
    fit = {
        problem_id: [row for row in rows if row.appeal_id in around.alike]
        for problem_id, rows in near.items()
        if fits(sum(row.appeal_id in around.alike for row in rows), len(rows))
    }
    if not fit:
        return None
    best = max(fit, key=lambda pk: (len(fit[pk]), -pk))
    closest = max(fit[best], key=lambda row: around.verdicts[row.appeal_id].probability)
    number = around.others[closest.appeal_id].number
    reason = f"{_because(around.verdicts[closest.appeal_id])} — как №\u00a0{number}"
    return _join(access, fit[best][0].problem, around.appeal, reason, options)


def _join(
    access: Access, problem: Problem, appeal: Appeal, reason: str, options: ProblemOptions
) -> ProblemCase | None:
    alone = problem.state == ProblemState.CONFIRMED and options.joins_alone
    state = CaseState.JOINED if alone else CaseState.PROPOSED
    put(problem, {appeal.pk: reason}, access=access, state=state, how=How.LIKENESS)
    shape(problem)
    if alone:
        event = CaseJoined(
            subject_id=problem.pk, case_id=appeal.pk, number=problem.number, how=How.LIKENESS,
            reason=reason,
        )  # fmt: skip
        note(access, event)
    return ProblemCase.objects.get(problem=problem, appeal=appeal)


def _to_new(access: Access, around: _Around, options: ProblemOptions) -> ProblemCase | None:
    free = {pk: around.others[pk] for pk in around.alike if pk not in around.inside}
    if len(free) + 1 < options.least:
        return None
    me = around.appeal.pk
    told = {pk: message_of(one) for pk, one in free.items()}
    likeness: dict[int, set[int]] = {pk: {me} for pk in free} | {me: set(free)}
    pks = sorted(free)
    for at, one in enumerate(pks):
        for other in pks[at + 1 :]:
            if same_incident(told[one], told[other]).same:
                likeness[one].add(other)
                likeness[other].add(one)
    group = group_of(me, likeness, said_apart(access.municipality_id, [me, *pks]))
    if len(group) < options.least:
        return None
    problem = new_problem(access, ProblemState.PROPOSED)
    reasons = {pk: _because(around.verdicts[pk]) for pk in group[1:]}
    reasons[me] = f"об одном с №\u00a0{around.others[group[1]].number}"
    put(problem, reasons, access=access, state=CaseState.PROPOSED, how=How.LIKENESS)
    shape(problem)
    note(access, ProblemProposed(subject_id=problem.pk, number=problem.number, cases=len(group)))
    _tell(problem)
    return ProblemCase.objects.get(problem=problem, appeal_id=me)


def _because(verdict: Verdict) -> str:
    return "; ".join(reason for reason in verdict.reasons if reason)


def _tell(problem: Problem) -> None:
    many = counted(problem.cases_count, ("обращение", "обращения", "обращений"))
    tell_holders(
        municipality_id=problem.municipality_id,
        permission=Permission.CLASSIFY,
        kind=NoticeKind.PROBLEM,
        text=f"{problem.title}: {many} об одном. Это одна проблема?",
        url=f"/desk/problems/{problem.pk}/",
        key=f"problem:{problem.pk}",
    )
