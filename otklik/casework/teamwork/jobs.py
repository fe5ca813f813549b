"""Reminders of overdue requests, first reactions, news of assignments handed back."""

from __future__ import annotations

from procrastinate.contrib.django import app

from otklik.casework.teamwork import actions
from otklik.casework.teamwork.actions.telling import tell_decided, tell_handed_back
from otklik.directory.organisation.models import Municipality


@app.periodic(cron="10 * * * *")
@app.task(name="teamwork.remind_overdue", queue="casework", queueing_lock="teamwork.remind_overdue")
def remind_overdue(timestamp: int) -> None:
    """Every hour, because nine in the morning differs between time zones."""
    for municipality_id in Municipality.objects.values_list("pk", flat=True):
        actions.remind_overdue(municipality_id=municipality_id)


@app.task(name="teamwork.note_answer_drafted", queue="default", retry=3)
def note_answer_drafted(appeal_id: int, body_id: int | None) -> None:
    actions.note_answer_drafted(appeal_id=appeal_id, body_id=body_id)


@app.task(name="teamwork.tell_handed_back", queue="default")
def handed_back(hand_back_id: int) -> None:
    tell_handed_back(hand_back_id=hand_back_id)


@app.task(name="teamwork.tell_decided", queue="default")
def decided(hand_back_id: int) -> None:
    tell_decided(hand_back_id=hand_back_id)
