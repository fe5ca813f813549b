"""A person's word on a problem: it is one, it is not, it is solved; what it is called."""

from __future__ import annotations

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, Refused
from otklik.casework.problems.actions.shaping import hold, note, shape, taken
from otklik.casework.problems.events import (
    CaseJoined,
    ProblemChanged,
    ProblemConfirmed,
    ProblemDismissed,
    ProblemOptionsSet,
    ProblemSolved,
)
from otklik.casework.problems.models import Problem, ProblemOptions
from otklik.casework.problems.queries import keeper
from otklik.casework.problems.rules import MOST_LEAST
from otklik.casework.problems.vocabulary import IN_STATES, CaseState, ProblemState
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record

NOT_ONE = "не одно и то же"
MOST_HOURS = 24 * 14


@transaction.atomic
def confirm(*, access: Access, problem_id: int) -> Problem:
    """It is one problem: its proposed cases are joined. Repeating takes in those proposed since."""
    access = keeper(access)
    problem = taken(access, problem_id)
    waiting = list(problem.cases.filter(state=CaseState.PROPOSED))
    problem.cases.filter(state=CaseState.PROPOSED).update(
        state=CaseState.JOINED, by_label=access.actor.label
    )
    was, problem.state = problem.state, ProblemState.CONFIRMED
    shape(problem)
    for row in waiting:
        event = CaseJoined(
            subject_id=problem.pk, case_id=row.appeal_id, number=problem.number, how=row.how,
            reason=row.reason,
        )  # fmt: skip
        note(access, event)
    if was != ProblemState.CONFIRMED:
        note(access, ProblemConfirmed(
            subject_id=problem.pk, number=problem.number, cases=problem.cases_count
        ))  # fmt: skip
    return problem


@transaction.atomic
def dismiss(*, access: Access, problem_id: int, reason: str = "") -> Problem:
    """It is not one problem: the cases go free and are not proposed together again."""
    access = keeper(access)
    problem = taken(access, problem_id)
    said = reason.strip()[:300] or NOT_ONE
    problem.cases.filter(state__in=IN_STATES).update(
        state=CaseState.OUT, out_at=clock.now(), out_label=access.actor.label, out_reason=said
    )
    problem.state, problem.closed_at = ProblemState.DISMISSED, clock.now()
    problem.save(update_fields=["state", "closed_at"])
    note(access, ProblemDismissed(subject_id=problem.pk, number=problem.number, reason=said))
    return problem


@transaction.atomic
def solve(*, access: Access, problem_id: int) -> Problem:
    """The trouble is over; its cases stay with it. Refused while it is only proposed."""
    access = keeper(access)
    problem = taken(access, problem_id)
    if problem.state != ProblemState.CONFIRMED:
        raise Conflict("Проблема ещё не подтверждена.", "Сначала подтвердите её или отклоните.")
    problem.state, problem.closed_at = ProblemState.SOLVED, clock.now()
    problem.save(update_fields=["state", "closed_at"])
    note(access, ProblemSolved(subject_id=problem.pk, number=problem.number))
    return problem


@transaction.atomic
def describe(
    *, access: Access, problem_id: int, title: str, cause: str, body_id: int | None = None
) -> Problem:
    """Name the problem, its cause and the body in charge; from now on the program leaves them."""
    access = keeper(access)
    problem = taken(access, problem_id)
    if not title.strip():
        raise Refused("Название пустое.", "Напишите, что случилось и где.")
    body = Body.objects.filter(municipality_id=access.municipality_id, pk=body_id or 0).first()
    if body_id and body is None:
        raise Refused("Такого органа нет.", "Выберите орган из списка.")
    problem.title, problem.cause = title.strip()[:200], cause.strip()[:300]
    problem.cause_said, problem.lead_body = True, body
    problem.save(update_fields=["title", "cause", "cause_said", "lead_body"])
    said = f"«{problem.title}», причина: {problem.cause or 'не названа'}"
    note(access, ProblemChanged(subject_id=problem.pk, number=problem.number, what=said))
    return problem


@transaction.atomic
def set_options(
    *, access: Access, least: int, window_hours: int, joins_alone: bool
) -> ProblemOptions:
    """How many cases of one incident within how many hours are proposed as a problem."""
    access = access.require(Permission.SET_UP)
    if not 2 <= least <= MOST_LEAST or not 1 <= window_hours <= MOST_HOURS:
        raise Refused(
            f"Обращений — от 2 до {MOST_LEAST}, часов — от 1 до {MOST_HOURS}.", "Исправьте числа."
        )
    options = hold(access.municipality_id)
    options.least, options.window_hours = least, window_hours
    options.joins_alone = joins_alone
    options.save()
    event = ProblemOptionsSet(
        subject_id=access.municipality_id, least=least, window_hours=window_hours,
        joins_alone=joins_alone,
    )  # fmt: skip
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return options
