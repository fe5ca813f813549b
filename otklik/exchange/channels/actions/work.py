"""Deferring the room's own jobs by name: actions never import jobs."""

from __future__ import annotations

from datetime import datetime

from procrastinate.contrib.django import app

DELIVER = "channels.deliver_outbound"
RECONCILE = "channels.reconcile_outbound"
EVENTS = "channels.take_events"
VISIT = "channels.poll_account"
QUEUE = "exchange"
VISITS_QUEUE = "mailboxes"


def defer_delivery(message_id: int, at: datetime) -> None:
    app.configure_task(DELIVER, queue=QUEUE, schedule_at=at).defer(message_id=message_id)


def defer_reconciliation(message_id: int, at: datetime) -> None:
    app.configure_task(RECONCILE, queue=QUEUE, schedule_at=at).defer(message_id=message_id)


def defer_events(account_id: int) -> None:
    """Raises AlreadyEnqueued when such a job waits already."""
    lock = f"channels.events.{account_id}"
    app.configure_task(EVENTS, queue=QUEUE, lock=lock, queueing_lock=lock).defer(
        account_id=account_id
    )


def defer_visit(account_id: int) -> None:
    """Raises AlreadyEnqueued when a visit waits already."""
    lock = f"channels.poll.{account_id}"
    app.configure_task(VISIT, queue=VISITS_QUEUE, lock=lock, queueing_lock=lock).defer(
        account_id=account_id
    )
