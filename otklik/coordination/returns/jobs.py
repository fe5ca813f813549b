"""Every morning: reports of the period that has ended, and reminders."""

from __future__ import annotations

from procrastinate.contrib.django import app

from otklik.base import clock
from otklik.coordination.returns import actions
from otklik.directory.organisation.models import Municipality

MORNING = 7


@app.periodic(cron="20 * * * *")
@app.task(name="returns.morning", queue="casework", queueing_lock="returns.morning")
def morning(timestamp: int) -> None:
    """Every hour, because seven in the morning differs between time zones."""
    for town in Municipality.objects.all():
        if clock.now().astimezone(town.tz).hour == MORNING:
            day.configure(queueing_lock=f"returns-{town.pk}").defer(municipality_id=town.pk)


@app.task(name="returns.day", queue="casework", retry=3)
def day(municipality_id: int) -> None:
    today = clock.today(Municipality.objects.get(pk=municipality_id).tz)
    actions.open_periods(municipality_id=municipality_id, today=today)
    actions.remind(municipality_id=municipality_id, today=today)
