"""Work of this room that waits in the queue."""

from __future__ import annotations

from procrastinate.contrib.django import app

from otklik.casework.replies import actions


@app.task(name="replies.note_delivery", queue="default", retry=5)
def note_delivery(outbound_id: int) -> None:
    """Tell the answer and the case what became of its message."""
    actions.note_delivery(outbound_id=outbound_id)
