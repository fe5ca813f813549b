"""Cuts sent by schedule."""

from __future__ import annotations

from procrastinate.contrib.django import app

from otklik.insight.cuts import actions
from otklik.insight.cuts.models import CutMailing


@app.periodic(cron="11 * * * *")
@app.task(name="cuts.schedule", queue="insight", queueing_lock="cuts.schedule")
def schedule(timestamp: int) -> None:
    """Every hour: morning comes at different hours in different time zones."""
    places = CutMailing.objects.values_list("cut__municipality_id", flat=True).distinct()
    for pk in places:
        send.configure(queueing_lock=f"cuts.send.{pk}").defer(municipality_id=pk)


@app.task(name="cuts.send", queue="insight")
def send(municipality_id: int) -> int:
    return actions.send_due(municipality_id=municipality_id)
