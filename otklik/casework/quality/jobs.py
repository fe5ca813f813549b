"""Missed terms and signals are gathered every night."""

from __future__ import annotations

from datetime import timedelta

from procrastinate.contrib.django import app

from otklik.base import clock
from otklik.casework.quality import actions
from otklik.directory.organisation.models import Municipality

LOOK_BACK = timedelta(days=60)
"""Longer than any score may take to come; a repeat of what is known changes nothing."""


@app.periodic(cron="40 * * * *")
@app.task(name="quality.nightly", queue="casework", queueing_lock="quality.nightly")
def nightly(timestamp: int) -> None:
    """Every hour, because two in the night differs between time zones."""
    for town in Municipality.objects.all():
        if clock.now().astimezone(town.tz).hour == 2:
            gather.configure(queueing_lock=f"quality-{town.pk}").defer(municipality_id=town.pk)


@app.task(name="quality.gather", queue="casework", retry=3)
def gather(municipality_id: int) -> None:
    actions.note_missed_terms(municipality_id=municipality_id, now=clock.now())
    actions.gather_signals(municipality_id=municipality_id, since=clock.now() - LOOK_BACK)
