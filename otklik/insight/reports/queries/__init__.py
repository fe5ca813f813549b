"""Reading papers and the numbers in them."""

from otklik.insight.reports.queries.assembling import weekly_note
from otklik.insight.reports.queries.notes import (
    last_period,
    made_for,
    note_of,
    notes_of,
    shown,
    version_of,
    versions_of,
)
from otklik.insight.reports.queries.schedules import plan_of, plans_set

__all__ = [
    "last_period",
    "made_for",
    "note_of",
    "notes_of",
    "plan_of",
    "plans_set",
    "shown",
    "version_of",
    "versions_of",
    "weekly_note",
]
