"""The demo's reception stands ready: two schedules and four citizens of the next days."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from otklik.casework.reception.models import CardQuestion, Hours, Visit
from otklik.casework.reception.queries import day_list
from otklik.config.demo.receiving import OUT_OF_TURN, open_reception
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access


@pytest.mark.django_db
def test_two_receive_and_four_are_booked() -> None:
    place = Municipality.objects.create(
        slug="demo", name="Округ", short_name="Округ", kind="municipal_okrug", region="Край"
    )
    open_reception(place, datetime(2026, 11, 20, 15, 0, tzinfo=UTC))
    assert Hours.objects.count() == 2
    day = Visit.objects.latest("pk").day
    rows = day_list(Access.system(place.pk), day)
    assert len(rows) == 4
    assert rows[0].applicant.name == OUT_OF_TURN[0]
    assert day.weekday() == 1
    states = Visit.objects.exclude(state="booked").values_list("state", flat=True)
    assert sorted(states) == ["held"] * 5 + ["missed"]
    assert not Visit.objects.filter(state="booked", day__lt=date(2026, 11, 21)).exists()
    assert CardQuestion.objects.filter(outcome="oral", consent=True).count() == 4
