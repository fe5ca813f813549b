"""Telling programs, in the background."""

from __future__ import annotations

from typing import Any

from procrastinate.contrib.django import app

from otklik.coordination.webhooks import actions


@app.task(name="webhooks.spread", queue="webhooks")
def spread(
    municipality_id: int, news: str, case_id: int, key: str, at: str, change: dict[str, Any]
) -> int:
    return actions.spread(
        municipality_id=municipality_id, news=news, case_id=case_id, key=key, at=at, change=change
    )


@app.task(name="webhooks.deliver", queue="webhooks")
def deliver(delivery_id: int) -> str:
    return actions.deliver(delivery_id)


@app.periodic(cron="* * * * *")
@app.task(name="webhooks.sweep", queue="webhooks", queueing_lock="webhooks.sweep")
def sweep(timestamp: int) -> int:
    """Take up what dead workers left; `timestamp` (Unix seconds) names the scheduled run."""
    return actions.sweep()
