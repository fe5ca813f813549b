"""A finished change that is taken back is worked off at once."""

from __future__ import annotations

from otklik.casework.control.events import BulkUndoAsked
from otklik.casework.control.jobs import take_back
from otklik.records.journal.subscriptions import on


@on(BulkUndoAsked)
def undo_asked(event: BulkUndoAsked, **_: object) -> None:
    take_back.configure(lock=f"bulk-{event.subject_id}").defer(run_id=event.subject_id)
