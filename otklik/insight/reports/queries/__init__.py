"""Reading notes and the numbers of a note."""

from otklik.insight.reports.queries.assembling import weekly_note
from otklik.insight.reports.queries.notes import (
    last_period,
    note_for_week,
    note_of,
    notes_of,
    weekly_on,
)

__all__ = ["last_period", "note_for_week", "note_of", "notes_of", "weekly_note", "weekly_on"]
