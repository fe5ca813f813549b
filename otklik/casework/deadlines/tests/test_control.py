"""What is overdue, due today, due within a week."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.base.errors import Forbidden
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Status
from otklik.casework.deadlines.queries import bounds_of, control_counts, urgency_of
from otklik.casework.deadlines.tests.conftest import MONDAY, MakeAppeal
from otklik.casework.deadlines.vocabulary import Urgency
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.rules import Access

pytestmark = pytest.mark.django_db

NOW = MONDAY + timedelta(days=30)
"""04.03.2026, 10:00: the last day of what was registered on 02.02."""


@pytest.fixture
def cases(make_appeal: MakeAppeal, system: Access, roads: Body, housing: Body) -> list[Appeal]:
    """Registered on 12 days in a row; every second with roads, every third with nobody."""
    made = [make_appeal(at=MONDAY + timedelta(days=n - 3)) for n in range(14)]
    for n, appeal in enumerate(made):
        if n % 3:
            body = roads if n % 2 else housing
            assign_executor(access=system, appeal_id=appeal.pk, body_id=body.pk)
    Appeal.objects.filter(pk=made[0].pk).update(status=Status.ANSWERED)
    return list(Appeal.objects.exclude(pk=made[0].pk).order_by("due_at", "pk"))


@pytest.mark.clause("dedovichi:3.5")
def test_counts_agree_with_a_look_at_every_row(cases: list[Appeal], system: Access) -> None:
    bounds = bounds_of(NOW, cases[0].municipality.tz)
    counts = control_counts(system, now=NOW)
    for urgency in Urgency:
        mine = [row for row in cases if row.due_at and urgency_of(row.due_at, bounds) == urgency]
        assert getattr(counts, urgency.value) == len(mine) > 0
    assert counts.total == len(cases)


@pytest.mark.clause("pereslavl:2.4.6")
def test_a_head_counts_his_bodies_only(
    cases: list[Appeal], head_of_roads: Access, roads: Body
) -> None:
    mine = [row for row in cases if row.executor_body_id == roads.pk]
    assert control_counts(head_of_roads, now=NOW).total == len(mine)


def test_who_has_no_right_is_refused(cases: list[Appeal], outsider: Access) -> None:
    with pytest.raises(Forbidden):
        control_counts(outsider, now=NOW)


def test_neighbours_see_nothing(cases: list[Appeal]) -> None:
    other = Municipality.objects.create(
        slug="sosedi", name="Соседи", short_name="Соседи", region="Область", kind="district"
    )
    assert control_counts(Access.system(other.pk), now=NOW).total == 0


def test_the_counts_cost_two_queries(cases: list[Appeal], system: Access) -> None:
    with CaptureQueriesContext(connection) as captured:
        control_counts(system, now=NOW)
    assert len(captured) == 2
