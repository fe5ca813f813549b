"""Kinship of new cases, explanations to letters, reminders of documents."""

from __future__ import annotations

from procrastinate.contrib.django import app

from otklik.base import clock
from otklik.casework.appeals.models import Appeal
from otklik.casework.proceedings import actions
from otklik.casework.proceedings.models import KinLink
from otklik.directory.organisation.models import Municipality

MORNING = 9


@app.task(name="proceedings.arrived", queue="casework", retry=3)
def arrived(appeal_id: int) -> None:
    if Appeal.objects.filter(pk=appeal_id).exists():
        actions.link_kin_of(appeal_id=appeal_id)
        actions.explain_email(appeal_id=appeal_id)


@app.task(name="proceedings.mark_anew", queue="casework", retry=3)
def mark_anew(municipality_id: int) -> None:
    """Mark every linked case of the municipality by its present words."""
    linked = KinLink.objects.filter(
        appeal__municipality_id=municipality_id, unlinked_at__isnull=True
    )
    for pk in linked.order_by("appeal_id").values_list("appeal_id", flat=True).distinct():
        actions.mark_kin(appeal_id=pk)


@app.periodic(cron="20 * * * *")
@app.task(name="proceedings.hourly", queue="casework", queueing_lock="proceedings.hourly")
def hourly(timestamp: int) -> None:
    """Every hour, because nine in the morning differs between time zones."""
    for town in Municipality.objects.all():
        if clock.now().astimezone(town.tz).hour == MORNING:
            remind.configure(queueing_lock=f"documents-{town.pk}").defer(municipality_id=town.pk)


@app.task(name="proceedings.remind", queue="casework", retry=3)
def remind(municipality_id: int) -> None:
    actions.remind_overdue(municipality_id=municipality_id)
