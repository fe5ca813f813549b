"""The map for everybody follows the calendar."""

from __future__ import annotations

from procrastinate.contrib.django import app

from otklik.base import clock
from otklik.directory.organisation.models import Municipality
from otklik.insight.heatmap import actions


@app.periodic(cron="37 * * * *")
@app.task(name="heatmap.release", queue="insight", queueing_lock="heatmap.release")
def release(timestamp: int) -> int:
    """Every hour: a new centre need not wait for a quarter's end, one that was off catches up."""
    return sum(
        actions.release_public(municipality_id=place.pk, today=clock.today(place.tz))
        for place in Municipality.objects.all()
    )
