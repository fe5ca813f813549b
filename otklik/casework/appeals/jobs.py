"""Work of this room that waits in the queue."""

from __future__ import annotations

from procrastinate.contrib.django import app

from otklik.casework.appeals.actions.theme import follow_topics
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


@app.task(name="appeals.follow_topics", queue="insight")
def follow(municipality_id: int) -> int:
    """Mark cases by the themes of their topics after the centre has changed these."""
    return follow_topics(municipality_id=municipality_id)
