"""Work of this room that waits in the queue."""

from __future__ import annotations

from procrastinate.contrib.django import app

from otklik.casework.appeals.actions.words import gather_words


@app.periodic(cron="* * * * *")
@app.task(
    name="appeals.gather_words",
    queue="housekeeping",
    queueing_lock="appeals.gather_words",
)
def gather(timestamp: int) -> None:
    """Keep the dictionary of the search up with the cases."""
    gather_words()
