"""Work of this room that waits in the queue."""

from __future__ import annotations

from procrastinate.contrib.django import app

from otklik.casework.satisfaction import actions


@app.task(name="satisfaction.ask", queue="default", retry=5)
def ask(reply_id: int) -> None:
    """Ask the citizen for a score of an answer that has left."""
    actions.ask(reply_id=reply_id)
