"""Sealing runs by the clock."""

from __future__ import annotations

from procrastinate.contrib.django import app

from otklik.records.journal.actions import seal


@app.periodic(cron="*/5 * * * *")
@app.task(
    name="journal.seal",
    queue="housekeeping",
    queueing_lock="journal.seal",
    pass_context=False,
)
def seal_journal(timestamp: int) -> int:
    """Seal what has settled; `timestamp` (Unix seconds) names the scheduled run."""
    return seal()
