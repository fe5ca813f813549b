"""Housekeeping of files."""

from __future__ import annotations

from procrastinate.contrib.django import app

from otklik.records.attachments import actions


@app.periodic(cron="47 * * * *")
@app.task(
    name="attachments.clear_staged", queue="housekeeping", queueing_lock="attachments.clear_staged"
)
def clear_staged(timestamp: int) -> None:
    """Files of forms that nobody has finished."""
    actions.clear_staged()
