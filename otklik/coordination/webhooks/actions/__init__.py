"""Writers of the news to programs."""

from __future__ import annotations

from otklik.coordination.webhooks.actions.sending import deliver, sweep
from otklik.coordination.webhooks.actions.spreading import ping, replay, spread
from otklik.coordination.webhooks.actions.subscribing import (
    end_subscription,
    pause_subscription,
    resume_subscription,
    save_subscription,
)

__all__ = [
    "deliver",
    "end_subscription",
    "pause_subscription",
    "ping",
    "replay",
    "resume_subscription",
    "save_subscription",
    "spread",
    "sweep",
]
