"""The weekly note by schedule."""

from __future__ import annotations

from procrastinate.contrib.django import app

from otklik.directory.organisation.models import Municipality
from otklik.insight.reports import actions


@app.periodic(cron="7 * * * *")
@app.task(name="reports.schedule", queue="insight", queueing_lock="reports.schedule")
def schedule(timestamp: int) -> None:
    """Every hour: Monday morning comes at different hours in different time zones."""
    for pk in Municipality.objects.values_list("pk", flat=True):
        weekly.configure(queueing_lock=f"reports.weekly.{pk}").defer(municipality_id=pk)


@app.task(name="reports.weekly", queue="insight")
def weekly(municipality_id: int) -> int | None:
    note = actions.make_weekly(municipality_id=municipality_id)
    return note.pk if note else None
