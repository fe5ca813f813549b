"""Every hour: what begins, what is over, what ends soon."""

from __future__ import annotations

from procrastinate.contrib.django import app

from otklik.base import clock
from otklik.casework.consultations import actions
from otklik.casework.consultations.models import Consultation
from otklik.casework.consultations.vocabulary import ON_PLATFORM
from otklik.directory.organisation.models import Municipality

WORK_BEGINS = 8


@app.periodic(cron="10 * * * *")
@app.task(name="consultations.morning", queue="casework", queueing_lock="consultations.morning")
def morning(timestamp: int) -> None:
    """Every hour, because a day begins at different moments in different time zones."""
    held = Consultation.objects.filter(state__in=ON_PLATFORM).values("municipality").distinct()
    for town_id in held.values_list("municipality", flat=True):
        day.configure(queueing_lock=f"consultations-{town_id}").defer(municipality_id=town_id)


@app.task(name="consultations.day", queue="casework", retry=3)
def day(municipality_id: int) -> None:
    now = clock.now()
    zone = Municipality.objects.get(pk=municipality_id).tz
    actions.advance(municipality_id=municipality_id, today=clock.today(zone))
    if now.astimezone(zone).hour >= WORK_BEGINS:
        actions.remind(municipality_id=municipality_id, today=clock.today(zone))
