"""The page of terms: grouped as one asks, each group agreeing with a look at every row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.base import clock
from otklik.base.errors import Forbidden
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime, Status
from otklik.casework.control.queries.board import Board, Wanted, board
from otklik.casework.control.queries.discipline import discipline
from otklik.casework.control.queries.reaction import reaction_of, reactions
from otklik.casework.control.vocabulary import By
from otklik.casework.deadlines.queries import bounds_of, urgency_of
from otklik.casework.deadlines.vocabulary import Urgency
from otklik.casework.quality.actions import NewFault, mark_fault, note_missed_terms
from otklik.casework.quality.tests.conftest import MONDAY, MakeAppeal, person
from otklik.casework.quality.tests.test_missed_terms import answer
from otklik.casework.quality.vocabulary import FaultKind
from otklik.directory.organisation.models import Block, BlockMember, Body, Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.directory.territory.models import Settlement

pytestmark = pytest.mark.django_db
NOW = MONDAY + timedelta(days=30)
"""04.03.2026, Wednesday."""


@pytest.fixture
def cases(
    town: Municipality,
    make_appeal: MakeAppeal,
    system: Access,
    roads: Body,
    housing: Body,
    liaison: Access,
) -> list[Appeal]:
    """Cases of many days, bodies, people, settlements and channels."""
    block = Block.objects.create(municipality=town, name="Благоустройство")
    BlockMember.objects.create(block=block, body=roads)
    place = Settlement.objects.create(municipality=town, name="Лесное", kind="village")
    for n in range(14):
        body = (None, roads, housing)[n % 3]
        channel = Channel.PAPER if n % 4 else Channel.RECEPTION
        made = make_appeal(MONDAY + timedelta(days=n - 3), body, channel=channel)
        if n % 6 == 1:
            assign_executor(
                access=system, appeal_id=made.pk, body_id=roads.pk, account_id=liaison.account_id
            )
        if n % 5 == 0:
            Appeal.objects.filter(pk=made.pk).update(settlement=place)
    return list(Appeal.objects.order_by("due_at", "pk"))


KEYS: dict[By, Callable[[Appeal], set[str]]] = {
    By.BODY: lambda one: {str(one.executor_body_id or "none")},
    By.PERSON: lambda one: {str(pk) for pk in one.account_ids} or {"none"},
    By.SETTLEMENT: lambda one: {str(one.settlement_id or "none")},
    By.CHANNEL: lambda one: {one.channel},
    By.BLOCK: lambda one: (
        (
            {str(block.pk) for block in one.executor_body.blocks.all()}
            if one.executor_body
            else set()
        )
        or {"none"}
    ),
}


@pytest.mark.clause("dedovichi:3.5")
@pytest.mark.parametrize("by", list(By))
def test_every_grouping_agrees_with_a_look_at_every_row(
    cases: list[Appeal], system: Access, by: By
) -> None:
    page = board(system, now=NOW, wanted=Wanted(by=by))
    keys = {key for one in cases for key in KEYS[by](one)}
    assert {group.key for group in page.groups} == keys
    bounds = bounds_of(NOW, cases[0].municipality.tz)
    for group in page.groups:
        mine = [one for one in cases if group.key in KEYS[by](one)]
        shown = board(system, now=NOW, wanted=Wanted(by=by, key=group.key))
        assert [row.appeal.pk for row in shown.rows] == [one.pk for one in mine]
        for urgency in Urgency:
            count = sum(urgency_of(one.due_at or NOW, bounds) == urgency for one in mine)
            assert getattr(group.counts, urgency.value) == count
    assert page.counts.total == len(cases)


def test_what_breaks_tomorrow_is_named_with_the_reason(cases: list[Appeal], system: Access) -> None:
    page = board(system, now=NOW, wanted=Wanted(tomorrow=True))
    assert page.breaking == len(page.rows) > 0
    zone = cases[0].municipality.tz
    for row in page.rows:
        assert row.appeal.due_at is not None
        day = row.appeal.due_at.astimezone(zone).date()
        assert NOW.date() <= day <= NOW.date() + timedelta(days=1)
        no_body = row.appeal.executor_body_id is None
        assert row.why == ("исполнитель не назначен" if no_body else "ответ не начат")
    Appeal.objects.filter(pk=page.rows[0].appeal.pk).update(status=Status.APPROVED)
    again = board(system, now=NOW, wanted=Wanted(tomorrow=True))
    assert again.breaking == page.breaking - 1


@pytest.mark.parametrize("by", list(By))
def test_the_board_costs_the_same_for_more_rows(
    cases: list[Appeal], system: Access, make_appeal: MakeAppeal, by: By
) -> None:
    few = cost(system, by)
    for n in range(10):
        make_appeal(MONDAY + timedelta(days=n))
    assert cost(system, by) <= few <= 11


def test_pages_follow_one_another_without_gaps(cases: list[Appeal], system: Access) -> None:
    seen: list[int] = []
    after = None
    for _ in range(10):
        page = board(system, now=NOW, wanted=Wanted(), after=after, limit=4)
        seen += [row.appeal.pk for row in page.rows]
        after = page.after
        if after is None:
            break
    assert seen == [one.pk for one in cases]


def cost(access: Access, by: By) -> int:
    with CaptureQueriesContext(connection) as captured:
        page: Board = board(access, now=NOW, wanted=Wanted(by=by))
        assert [f"{row.appeal.executor_body}{row.appeal.applicant}" for row in page.rows]
    return len(captured)


@pytest.mark.clause("pereslavl:2.4.6")
def test_a_contact_controls_his_body_only(
    cases: list[Appeal], liaison: Access, town: Municipality, roads: Body
) -> None:
    page = board(liaison, now=NOW, wanted=Wanted())
    assert {row.appeal.executor_body_id for row in page.rows} == {roads.pk}
    with pytest.raises(Forbidden):
        board(
            person(town, "Гость", {Permission.VIEW_APPEALS: Scope.MUNICIPALITY}),
            now=NOW,
            wanted=Wanted(),
        )


@pytest.mark.clause("ust-kubinsky:4.11", "dedovichi:15.3")
def test_the_discipline_log_counts_by_name_and_shows_who_held_the_case_when(
    town: Municipality,
    system: Access,
    chief: Access,
    liaison: Access,
    roads: Body,
    housing: Body,
    make_appeal: MakeAppeal,
) -> None:
    late, timely, other = make_appeal(), make_appeal(), make_appeal(body=housing)
    with clock.frozen(MONDAY + timedelta(days=2)):
        for one in (late, timely):
            assign_executor(
                access=system, appeal_id=one.pk, body_id=roads.pk, account_id=liaison.account_id
            )
    with clock.frozen(MONDAY + timedelta(days=3)):
        mark_fault(
            access=chief, appeal_id=timely.pk, new=NewFault(kind=FaultKind.FALSE, essence="не так")
        )
    answer(late, 40)
    answer(timely, 3)
    now = MONDAY + timedelta(days=50)
    note_missed_terms(municipality_id=town.pk, now=now)
    found = discipline(chief, since=MONDAY.date(), until=now.date(), now=now)
    bodies = {one.name: (one.kept, one.missed, one.faults) for one in found.bodies}
    assert bodies == {"Отдел дорог": (1, 1, 1), "Отдел ЖКХ": (0, 1, 0)}
    people = [(one.name, one.kept, one.missed) for one in found.people]
    assert people == [("Дорогин\u00a0И.\u00a0П.", 1, 1)]
    chains = {
        breach.finding.appeal_id: [(one.body, one.person) for one in breach.holders]
        for breach in found.breaches
        if breach.finding.kind == "answer"
    }
    assert chains == {
        late.pk: [("Отдел дорог", ""), ("Отдел дорог", "Дорогин\u00a0И.\u00a0П.")],
        other.pk: [("Отдел ЖКХ", "")],
    }
    own = discipline(liaison, since=MONDAY.date(), until=now.date(), now=now)
    assert {one.name for one in own.bodies} == {"Отдел дорог"}
    assert {breach.finding.appeal_id for breach in own.breaches} == {late.pk}


@pytest.mark.clause("ust-kubinsky:2.2.4", "ust-kubinsky:4.6.v.2")
def test_the_first_reaction_and_the_wait_for_an_executor_are_measured(
    town: Municipality, system: Access, chief: Access, roads: Body, make_appeal: MakeAppeal
) -> None:
    first, second, third = (make_appeal(body=None) for _ in range(3))
    with clock.frozen(MONDAY + timedelta(hours=2)):
        assign_executor(access=system, appeal_id=first.pk, body_id=roads.pk)
    with clock.frozen(MONDAY + timedelta(hours=6)):
        assign_executor(access=system, appeal_id=second.pk, body_id=roads.pk)
    now = MONDAY + timedelta(hours=30)
    day = MONDAY.date()
    found = reactions(chief, since=day, until=day, now=now)
    assert (found.total.count, found.total.first) == (3, timedelta(hours=4))
    assert found.total.longest == timedelta(hours=6)
    assert [(one.appeal, one.waits) for one in found.waiting] == [(third, timedelta(hours=30))]
    mine = reaction_of(first)
    assert mine is not None
    assert mine.waited == timedelta(hours=2)
    assert reaction_of(third) is None
    assert first.regime == Regime.LAW59
