"""Deferring this room's jobs by name, in the caller's transaction."""

from __future__ import annotations

from datetime import datetime

from procrastinate.contrib.django import app

DELIVER = "webhooks.deliver"
QUEUE = "webhooks"


def defer_delivery(delivery_id: int, at: datetime) -> None:
    app.configure_task(DELIVER, queue=QUEUE, schedule_at=at).defer(delivery_id=delivery_id)
