"""An answer that has left is an answer to be scored."""

from __future__ import annotations

from otklik.casework.replies.events import ReplySent
from otklik.casework.satisfaction.jobs import ask
from otklik.records.journal.subscriptions import on


@on(ReplySent)
def answer_left(event: ReplySent, *, municipality_id: int | None) -> None:
    ask.defer(reply_id=event.subject_id)
