"""Papers by schedule, and reminders of those to be handed over."""

from __future__ import annotations

from procrastinate.contrib.django import app

from otklik.base import clock
from otklik.directory.organisation.models import Municipality
from otklik.insight.reports import actions

MORNING = 8


@app.periodic(cron="7 * * * *")
@app.task(name="reports.schedule", queue="insight", queueing_lock="reports.schedule")
def schedule(timestamp: int) -> None:
    """Every hour: Monday morning comes at different hours in different time zones."""
    for town in Municipality.objects.all():
        due.configure(queueing_lock=f"reports.due.{town.pk}").defer(municipality_id=town.pk)
        if clock.now().astimezone(town.tz).hour == MORNING:
            lock = f"reports.remind.{town.pk}"
            remind.configure(queueing_lock=lock).defer(municipality_id=town.pk)


@app.task(name="reports.due", queue="insight")
def due(municipality_id: int) -> list[int]:
    return [note.pk for note in actions.make_due(municipality_id=municipality_id)]


@app.task(name="reports.weekly", queue="insight")
def weekly(municipality_id: int) -> int | None:
    """Put in the queue by an earlier version."""
    note = actions.make_weekly(municipality_id=municipality_id)
    return note.pk if note else None


@app.task(name="reports.remind", queue="insight", retry=3)
def remind(municipality_id: int) -> int:
    town = Municipality.objects.get(pk=municipality_id)
    return actions.remind(municipality_id=town.pk, today=clock.today(town.tz))
