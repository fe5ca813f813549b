"""Reminders are written every day at ten, local time."""

from __future__ import annotations

from procrastinate.contrib.django import app

from otklik.base import clock
from otklik.casework.reception import actions
from otklik.directory.organisation.models import Municipality

HOUR = 10


@app.periodic(cron="20 * * * *")
@app.task(name="reception.reminders", queue="casework", queueing_lock="reception.reminders")
def reminders(timestamp: int) -> None:
    """Every hour, because ten o'clock differs between time zones."""
    for town in Municipality.objects.all():
        if clock.now().astimezone(town.tz).hour == HOUR:
            remind.configure(queueing_lock=f"reception-{town.pk}").defer(municipality_id=town.pk)


@app.task(name="reception.remind", queue="casework", retry=3)
def remind(municipality_id: int) -> None:
    actions.remind(municipality_id=municipality_id, now=clock.now())
