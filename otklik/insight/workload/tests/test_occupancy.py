"""Levels equal a slow count of the cases themselves, and nobody counts another body's work."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest

from otklik.base import clock
from otklik.base.errors import Forbidden
from otklik.casework.appeals import actions
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.appeals.vocabulary import OPEN_STATUSES, AssignmentRole
from otklik.directory.calendars.queries import calendar_for
from otklik.directory.organisation.models import Appointment, Body
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Scope
from otklik.insight.facts.actions import rebuild
from otklik.insight.facts.tests.world import NOW, District, build
from otklik.insight.workload.models import EffortNorm, TimeShare
from otklik.insight.workload.queries import ahead, occupancy
from otklik.insight.workload.queries.occupancy import window
from otklik.insight.workload.queries.rows import Wanted, given_rows, waiting_rows
from otklik.insight.workload.queries.staff import minutes_of
from otklik.insight.workload.rules.norms import CO_SHARE, DEFAULT_HOURS
from otklik.insight.workload.tests.world import DAY, access, block_of, employ, role_of, writer
from otklik.insight.workload.vocabulary import Level, NormSource

pytestmark = pytest.mark.django_db
SINCE, UNTIL = window(DAY)


@pytest.fixture
def district() -> District:
    found = build()
    made = found.live(40)
    person = writer(found, "Петров Иван Ильич", found.bodies[1])
    for appeal in made:
        hour = appeal.received_at + timedelta(hours=1)
        Assignment.objects.filter(question__appeal=appeal).update(assigned_at=hour)
    for number, part in enumerate(Assignment.objects.filter(body=found.bodies[1]).order_by("pk")):
        if number % 3 == 0:
            part.account = person.account
            part.save()
    helped = [one for one in made if one.status == "assigned"][:3]
    for appeal in helped:
        if not appeal.questions.filter(assignments__body=found.bodies[2]).exists():
            share(found, appeal, found.bodies[2])
    build("sosedi").live(3)
    rebuild(municipality_id=found.town.pk)
    return found


def share(district: District, appeal: Appeal, body: Body) -> None:
    with clock.frozen(NOW - timedelta(days=3)):
        actions.assign_executor(
            access=district.access,
            appeal_id=appeal.pk,
            body_id=body.pk,
            question_number=1,
            role=AssignmentRole.CO,
        )


def hours_of(part: Assignment) -> float:
    topic = part.question.topic or part.question.appeal.topic
    main = 4.0 if topic and topic.group == "Дороги" else DEFAULT_HOURS
    return main if part.role == "main" else main * CO_SHARE


def slow(body: Body) -> dict[str, Any]:
    """Every part of the body read one by one."""
    given = done = waiting = 0
    effort = queue = 0.0
    for part in Assignment.objects.filter(body=body, withdrawn_at=None).select_related(
        "question__appeal__topic", "question__topic"
    ):
        question = part.question
        if SINCE <= part.assigned_at.astimezone(body.municipality.tz).date() <= UNTIL:
            given += 1
            effort += hours_of(part)
        ended = question.answered_at or question.appeal.answered_at
        if part.role == "main" and ended:
            done += SINCE <= ended.astimezone(body.municipality.tz).date() <= UNTIL
        still = part.done_at is None and question.answered_at is None
        if still and question.appeal.status in OPEN_STATUSES:
            waiting += 1
            queue += hours_of(part)
    return {"given": given, "done": done, "waiting": waiting, "effort": effort, "queue": queue}


def norm(district: District, **given: Any) -> EffortNorm:
    return EffortNorm.objects.create(
        municipality=district.town, kind="main", source=NormSource.PERSON, set_at=NOW, **given
    )


def office_hours(district: District, since: date = SINCE, until: date = UNTIL) -> float:
    calendar = calendar_for(district.town.pk)
    days = ((since + timedelta(days=n)) for n in range((until - since).days + 1))
    return sum(minutes_of(calendar, day) for day in days) / 60


@pytest.mark.clause("tuapse:2.4.6")
def test_levels_equal_a_slow_count(district: District) -> None:
    norm(district, topic_group="Дороги", hours=4)
    found = occupancy(district.access, now=NOW)
    for body in district.bodies:
        told, counted = found.body(body.pk), slow(body)
        assert told is not None
        assert {name: getattr(told.load, name) for name in counted} == pytest.approx(counted)
    assert found.total.given == sum(slow(body)["given"] for body in district.bodies)
    assert found.normed
    roads = found.body(district.bodies[1].pk)
    assert roads is not None
    assert roads.load.hours == pytest.approx(office_hours(district) / 2)
    assert roads.load.share == pytest.approx(roads.load.effort / roads.load.hours)
    heat = found.body(district.bodies[2].pk)
    assert heat is not None
    assert heat.load.level == Level.NOBODY


def test_a_person_has_his_own_work_and_a_part_of_that_given_to_nobody(district: District) -> None:
    found = occupancy(district.access, now=NOW).body(district.bodies[1].pk)
    assert found is not None
    [person] = found.people
    assert "Петров" in person.name
    assert found.load.given > 3
    assert person.load.effort == pytest.approx(person.named.effort + found.whole.effort)
    assert found.load.effort == pytest.approx(person.load.effort)
    writer(district, "Ещё Один Сотрудник", district.bodies[1])
    again = occupancy(district.access, now=NOW).body(district.bodies[1].pk)
    assert again is not None
    assert sum(one.load.effort for one in again.people) == pytest.approx(again.load.effort)
    assert again.load.hours == pytest.approx(2 * found.load.hours)


def test_hours_follow_shares_absences_and_people_without_accounts(district: District) -> None:
    person = Appointment.objects.get(role__slug="writer")
    TimeShare.objects.create(
        municipality=district.town, account=person.account, percent=25, set_at=NOW
    )
    TimeShare.objects.create(
        municipality=district.town, body=district.bodies[2], percent=80, people=3, set_at=NOW
    )
    stand_in = employ(district, "Сменщик Пётр Ильич", role_of(district, "stand-in"))
    stand_in.substitutes, stand_in.since, stand_in.until = person, UNTIL - timedelta(6), UNTIL
    stand_in.save()
    found = occupancy(district.access, now=NOW)
    roads, heat = found.body(district.bodies[1].pk), found.body(district.bodies[2].pk)
    assert roads is not None
    assert heat is not None
    assert roads.load.hours == pytest.approx(
        0.25 * office_hours(district, SINCE, UNTIL - timedelta(days=7))
    )
    assert heat.load.hours == pytest.approx(3 * 0.8 * office_hours(district))
    assert heat.load.people == 3


@pytest.mark.clause("tuapse:2.4.6")
def test_a_head_of_a_block_counts_his_block_and_an_executor_himself(district: District) -> None:
    block = block_of(district, "Дороги и тепло", district.bodies[1], district.bodies[2])
    block_of(district, "ЖКХ", district.bodies[0], district.bodies[2])
    role = role_of(district, "lead", ANALYTICS=Scope.BLOCK, VIEW_APPEALS=Scope.BLOCK)
    lead = access(employ(district, "Главный По Блоку", role, block=block))
    found = occupancy(lead, now=NOW)
    assert {one.pk for one in found.bodies} == {body.pk for body in district.bodies[1:]}
    whole = occupancy(district.access, now=NOW)
    for body in district.bodies[1:]:
        one, other = found.body(body.pk), whole.body(body.pk)
        assert one is not None
        assert other is not None
        assert one.load == other.load
    assert [(one.name, one.hidden) for one in found.blocks] == [("Дороги и тепло", 0), ("ЖКХ", 1)]

    person = Appointment.objects.get(role__slug="writer")
    own = occupancy(access(person), now=NOW)
    [held] = own.bodies
    assert held.own_only
    [shown] = held.people
    assert shown.account_id == person.account_id
    mine = Assignment.objects.filter(account=person.account, withdrawn_at=None)
    assert own.total.waiting <= mine.count()
    assert (
        held.load.given
        == given_rows(access(person), Wanted(account_id=person.account_id), SINCE, UNTIL).count()
    )
    with pytest.raises(Forbidden):
        occupancy(district.outsider(), now=NOW)


def test_another_bodys_work_changes_nothing(district: District) -> None:
    """The page of one body is the same to the last figure whatever befalls the others."""
    head = district.head_of(district.bodies[1])

    def told() -> Any:
        found = occupancy(head, now=NOW)
        told = ahead(head, found, found.total)
        return (found.bodies, found.blocks, found.total, told.forecast)

    before = told()
    roads, other = district.bodies[1], district.bodies[0]
    shared = Appeal.objects.filter(executor_body=roads, status="assigned")
    for appeal in shared.exclude(questions__assignments__body=other)[:4]:
        share(district, appeal, other)
    for _ in range(10):
        with clock.frozen(NOW - timedelta(days=5)):
            district.assign(district.register(NOW - timedelta(days=5)), other)
    rebuild(municipality_id=district.town.pk)
    assert told() == before


def test_every_number_has_its_rows(district: District) -> None:
    found = occupancy(district.access, now=NOW)
    for body in found.bodies:
        wanted = Wanted(body_ids=[body.pk])
        assert given_rows(district.access, wanted, SINCE, UNTIL).count() == body.load.given
        assert waiting_rows(district.access, wanted).count() == body.load.waiting
        late = waiting_rows(district.access, wanted, late_at=NOW)
        assert late.count() == body.load.overdue
        nobody = Wanted(body_ids=[body.pk], nobody=True)
        assert given_rows(district.access, nobody, SINCE, UNTIL).count() == body.whole.given


def test_queries_do_not_grow(
    district: District, django_assert_max_num_queries: Callable[[int], AbstractContextManager[Any]]
) -> None:
    block_of(district, "Все", *district.bodies)
    access: Access = district.access
    with django_assert_max_num_queries(16):
        found = occupancy(access, now=NOW)
        ahead(access, found, found.total)
    for n in range(3):
        body = Body.objects.create(municipality=district.town, name=f"Отдел {n}", kind="department")
        writer(district, f"Сотрудник {n}", body)
        district.assign(district.register(NOW - timedelta(days=9)), body)
    rebuild(municipality_id=district.town.pk)
    with django_assert_max_num_queries(16):
        found = occupancy(access, now=NOW)
        ahead(access, found, found.total)
