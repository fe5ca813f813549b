"""Signing goes on in the background."""

from __future__ import annotations

from procrastinate.contrib.django import app

from otklik.casework.likeness.actions import sign_texts


@app.periodic(cron="* * * * *")
@app.task(name="likeness.sign_texts", queue="housekeeping", queueing_lock="likeness.sign_texts")
def sign(timestamp: int) -> None:
    """Keep the signatures up with the cases; a long history is signed minute by minute."""
    sign_texts()
