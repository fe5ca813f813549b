"""Deferring the room's own jobs by name: actions never import jobs."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from procrastinate.contrib.django import app

DELIVER = "channels.deliver_outbound"
RECONCILE = "channels.reconcile_outbound"
EVENTS = "channels.take_events"
VISIT = "channels.poll_account"
QUEUE = "exchange"
WAITS = """
SELECT EXISTS (SELECT 1 FROM procrastinate_jobs WHERE queueing_lock = %s AND status = 'todo')
"""
VISITS_QUEUE = "mailboxes"


def defer_delivery(message_id: int, at: datetime) -> None:
    app.configure_task(DELIVER, queue=QUEUE, schedule_at=at).defer(message_id=message_id)


def defer_reconciliation(message_id: int, at: datetime) -> None:
    app.configure_task(RECONCILE, queue=QUEUE, schedule_at=at).defer(message_id=message_id)


def events_deferred(account_id: int) -> bool:
    """Whether such a job waits already: a look is cheaper than an insert that is refused."""
    with connection.cursor() as cursor:
        cursor.execute(WAITS, [_events_lock(account_id)])
        row = cursor.fetchone()
    return bool(row and row[0])


def _events_lock(account_id: int) -> str:
    return f"channels.events.{account_id}"


def defer_events(account_id: int) -> None:
    """Raises AlreadyEnqueued when such a job waits already."""
    lock = _events_lock(account_id)
    app.configure_task(EVENTS, queue=QUEUE, lock=lock, queueing_lock=lock).defer(
        account_id=account_id
    )


def defer_visit(account_id: int) -> None:
    """Raises AlreadyEnqueued when a visit waits already."""
    lock = f"channels.poll.{account_id}"
    app.configure_task(VISIT, queue=VISITS_QUEUE, lock=lock, queueing_lock=lock).defer(
        account_id=account_id
    )
