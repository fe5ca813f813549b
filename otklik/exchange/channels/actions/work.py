"""Deferring this room's jobs by name, in the caller's transaction."""

from __future__ import annotations

from datetime import datetime

from procrastinate.contrib.django import app

DELIVER = "channels.deliver_outbound"
RECONCILE = "channels.reconcile_outbound"
QUEUE = "exchange"


def defer_delivery(message_id: int, at: datetime) -> None:
    app.configure_task(DELIVER, queue=QUEUE, schedule_at=at).defer(message_id=message_id)


def defer_reconciliation(message_id: int, at: datetime) -> None:
    app.configure_task(RECONCILE, queue=QUEUE, schedule_at=at).defer(message_id=message_id)
