"""The hourly job moves states by the town's own day and reminds in working hours."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from otklik.base import clock
from otklik.casework.consultations.jobs import day
from otklik.casework.consultations.models import Consultation
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Municipality
from otklik.exchange.notifications.models import Notice

NIGHT, MORNING = datetime(2026, 3, 1, 14, 10, tzinfo=UTC), datetime(2026, 3, 1, 22, 10, tzinfo=UTC)


@pytest.mark.django_db
def test_a_town_in_the_east_begins_its_day_before_moscow() -> None:
    place = Municipality.objects.create(
        slug="zaozersk", name="Заозёрский округ", short_name="Заозёрский округ",
        kind="municipal_okrug", region="Край", time_zone="Asia/Vladivostok",
    )  # fmt: skip
    keeper = Account.objects.create_user("keeper@zaozersk.test", "Посова Вера Ильинична")
    one = Consultation.objects.create(
        municipality=place, kind="survey", title="Сквер", question="Что сначала?", basis="Устав",
        starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 4), state="placed", responsible=keeper,
        created_at=NIGHT, created_label="Посова",
    )  # fmt: skip
    for moment, told in ((NIGHT, 0), (MORNING, 1), (MORNING, 1)):
        with clock.frozen(moment):
            day(municipality_id=place.pk)
        one.refresh_from_db()
        assert one.state == "running"
        assert Notice.objects.filter(account=keeper).count() == told
