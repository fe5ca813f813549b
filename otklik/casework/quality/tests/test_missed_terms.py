"""Missed terms come into the register by themselves, once per run of the term."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.casework.appeals.actions import assign_executor, reopen, withdraw_assignment
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.appeals.vocabulary import Status
from otklik.casework.deadlines.actions import meet_deadline, set_deadlines
from otklik.casework.deadlines.models import Deadline
from otklik.casework.deadlines.vocabulary import DeadlineKind
from otklik.casework.quality.actions import note_missed_terms
from otklik.casework.quality.models import Finding
from otklik.casework.quality.tests.conftest import MONDAY, MakeAppeal
from otklik.casework.quality.vocabulary import FindingState, Sort
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.rules import Access

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=50)


def answer_findings() -> list[Finding]:
    return list(Finding.objects.filter(sort=Sort.LATE, kind=DeadlineKind.ANSWER).order_by("pk"))


def answer(appeal: Appeal, day: int) -> None:
    at = MONDAY + timedelta(days=day)
    Appeal.objects.filter(pk=appeal.pk).update(status=Status.ANSWERED, answered_at=at)
    meet_deadline(actor=Actor.system(), appeal_id=appeal.pk, kind=DeadlineKind.ANSWER, met_at=at)


def test_what_was_met_late_and_what_is_still_open_are_noted_once(
    town: Municipality, roads: Body, make_appeal: MakeAppeal
) -> None:
    late, overdue, timely = make_appeal(), make_appeal(), make_appeal()
    answer(late, 40)
    answer(timely, 3)
    for _ in range(3):
        note_missed_terms(municipality_id=town.pk, now=LATER)
    found = {one.appeal_id: one for one in answer_findings()}
    assert set(found) == {late.pk, overdue.pk}
    assert found[late.pk].state == FindingState.MENDED
    assert found[late.pk].met_at == MONDAY + timedelta(days=40)
    assert found[overdue.pk].state == FindingState.OPEN
    assert found[overdue.pk].body == roads


def test_an_overdue_case_that_is_answered_later_closes_its_record(
    town: Municipality, make_appeal: MakeAppeal
) -> None:
    appeal = make_appeal()
    note_missed_terms(municipality_id=town.pk, now=LATER)
    answer(appeal, 60)
    assert note_missed_terms(municipality_id=town.pk, now=LATER + timedelta(days=20)) == (0, 1)
    (one,) = answer_findings()
    assert (one.state, one.met_at) == (FindingState.MENDED, MONDAY + timedelta(days=60))
    assert note_missed_terms(municipality_id=town.pk, now=LATER + timedelta(days=21)) == (0, 0)


def test_a_reopened_case_may_miss_its_new_term_too(
    town: Municipality, system: Access, make_appeal: MakeAppeal
) -> None:
    appeal = make_appeal()
    answer(appeal, 40)
    note_missed_terms(municipality_id=town.pk, now=LATER)
    with clock.frozen(LATER):
        again = reopen(access=system, appeal_id=appeal.pk, reason="не сделано")
        set_deadlines(appeal=again)
    note_missed_terms(municipality_id=town.pk, now=LATER + timedelta(days=1))
    assert len(answer_findings()) == 1
    note_missed_terms(municipality_id=town.pk, now=LATER + timedelta(days=60))
    first, second = answer_findings()
    assert first.deadline_id == second.deadline_id
    assert second.state == FindingState.OPEN


@pytest.mark.clause("ust-kubinsky:4.11")
def test_whoever_held_the_case_when_the_term_ended_is_named(
    town: Municipality, system: Access, roads: Body, housing: Body, make_appeal: MakeAppeal
) -> None:
    appeal = make_appeal()
    with clock.frozen(MONDAY + timedelta(days=45)):
        held = Assignment.objects.get(question__appeal=appeal)
        withdraw_assignment(access=system, assignment_id=held.pk)
        assign_executor(access=system, appeal_id=appeal.pk, body_id=housing.pk)
    note_missed_terms(municipality_id=town.pk, now=LATER)
    (one,) = answer_findings()
    assert one.body == roads


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(days=st.lists(st.integers(0, 90), max_size=8), answered=st.none() | st.integers(1, 80))
def test_whenever_and_however_often_it_runs_the_register_is_the_same(
    days: list[int],
    answered: int | None,
    town: Municipality,
    make_appeal: MakeAppeal,
) -> None:
    Finding.objects.all().delete()
    Deadline.objects.all().delete()
    appeal = make_appeal()
    due = Deadline.objects.get(appeal=appeal, kind=DeadlineKind.ANSWER).due_at
    for day in sorted(days):
        if answered is not None and day >= answered:
            answer(appeal, answered)
        note_missed_terms(municipality_id=town.pk, now=MONDAY + timedelta(days=day))
    if answered is not None:
        answer(appeal, answered)
    note_missed_terms(municipality_id=town.pk, now=MONDAY + timedelta(days=100))
    found = [one for one in answer_findings() if one.appeal_id == appeal.pk]
    missed = answered is None or MONDAY + timedelta(days=answered) > due
    assert len(found) == int(missed)
    if found:
        assert (found[0].met_at is not None) == (answered is not None)
