"""What a problem's cases say of it: place, start, topic, probable cause; its row under a lock."""

from __future__ import annotations

from django.db.models import Q

from otklik.base import clock
from otklik.base.errors import Conflict
from otklik.casework.appeals.actions.registration import take_of_register
from otklik.casework.appeals.models import Appeal
from otklik.casework.problems.events import ProblemEvent
from otklik.casework.problems.models import Problem, ProblemCase, ProblemOptions
from otklik.casework.problems.queries import problem_of
from otklik.casework.problems.rules import commonest, middle, probable_cause, title_of
from otklik.casework.problems.vocabulary import (
    IN_STATES,
    OPEN_STATES,
    REGISTER,
    CaseState,
    How,
    ProblemState,
)
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.records.journal.actions import record

READ = 200
"""Cases whose texts and places are read for the shape of a problem."""


def hold(municipality_id: int) -> ProblemOptions:
    """The centre's options under a lock: one writer of its problems at a time."""
    ProblemOptions.objects.get_or_create(municipality_id=municipality_id)
    return ProblemOptions.objects.select_for_update().get(municipality_id=municipality_id)


def taken(access: Access, problem_id: int, *, open_only: bool = True) -> Problem:
    """The problem for writing. Raises NotFound, and Conflict when it is closed."""
    hold(access.municipality_id)
    found = problem_of(access, problem_id)
    if open_only and found.state not in OPEN_STATES:
        raise Conflict(
            f"Проблема {found.number} уже {found.get_state_display()}.", "Обновите страницу."
        )
    return found


def new_problem(access: Access, state: ProblemState) -> Problem:
    """Saved, without cases and shape yet."""
    centre = Municipality.objects.get(pk=access.municipality_id)
    (number,) = take_of_register(centre.pk, REGISTER, clock.today(centre.tz).year)
    return Problem.objects.create(
        municipality=centre,
        number=number,
        state=state,
        started_at=clock.now(),
        made_at=clock.now(),
        made_label=access.actor.label,
    )


def put(
    problem: Problem, reasons: dict[int, str], *, access: Access, state: CaseState, how: How
) -> list[int]:
    """Rows of the cases (`reasons` by id); of those that stood in no problem. Who comes back by a
    person's hand comes back."""
    standing = set(
        ProblemCase.objects.filter(appeal_id__in=reasons, state__in=IN_STATES).values_list(
            "appeal_id", flat=True
        )
    )
    new = [pk for pk in reasons if pk not in standing]
    for pk in new:
        ProblemCase.objects.update_or_create(
            problem=problem,
            appeal_id=pk,
            defaults={
                "state": state, "how": how, "reason": reasons[pk][:300], "since": clock.now(),
                "by_label": access.actor.label, "out_at": None, "out_label": "", "out_reason": "",
            },
        )  # fmt: skip
    return new


def shape(problem: Problem) -> None:
    """Count the cases and tell place, start, topic and cause from them; what a person has said of
    the cause stays."""
    rows = ProblemCase.objects.filter(problem=problem, state__in=IN_STATES)
    problem.cases_count = rows.count()
    cases = list(
        Appeal.objects.filter(Q(pk__in=rows.values("appeal_id")))
        .select_related("topic", "settlement", "street", "house", "executor_body")
        .order_by("received_at", "pk")
        .defer("search")[:READ]
    )
    if cases:
        _describe(problem, cases)
    problem.save()


def _describe(problem: Problem, cases: list[Appeal]) -> None:
    topics = {case.topic_id: case.topic for case in cases}
    settlements = {case.settlement_id: case.settlement for case in cases}
    streets = {case.street_id: case.street for case in cases}
    bodies = {case.executor_body_id: case.executor_body for case in cases}
    problem.topic = topics.get(commonest([case.topic_id for case in cases], least=0))
    problem.settlement = settlements.get(commonest([case.settlement_id for case in cases]))
    problem.street = streets.get(commonest([case.street_id for case in cases]))
    if problem.lead_body_id is None:
        problem.lead_body = bodies.get(commonest([case.executor_body_id for case in cases]))
    point = middle([(one.lat, one.lon) for one in cases if one.lat and one.lon])
    problem.lat, problem.lon = point or (None, None)
    problem.started_at = cases[0].received_at
    problem.place = _place(problem, cases)
    topic = problem.topic.name if problem.topic else ""
    cause = probable_cause([case.text for case in cases], topic)
    if not problem.cause_said:
        problem.cause = cause.sentence()[:300] if cause else ""
        named = cause.title if cause and cause.told else ""
        problem.title = title_of(named, topic, problem.place)


def _place(problem: Problem, cases: list[Appeal]) -> str:
    """«улица Садовая, 5, село Берёзовка»: the house only when it is one."""
    houses = {case.house.number for case in cases if case.house}
    street = str(problem.street) if problem.street else ""
    house = next(iter(houses)) if street and len(houses) == 1 else ""
    parts = (street, house, str(problem.settlement) if problem.settlement else "")
    return (
        ", ".join(part for part in parts if part) or commonest([case.place for case in cases]) or ""
    )


def note(access: Access, event: ProblemEvent) -> None:
    record(event, actor=access.actor, municipality_id=access.municipality_id)
