"""The only writers of notes."""

from otklik.insight.reports.actions.discipline import discipline_file
from otklik.insight.reports.actions.editing import edit_part, hand_over, sign
from otklik.insight.reports.actions.errors import error_file
from otklik.insight.reports.actions.making import make_note
from otklik.insight.reports.actions.schedule import make_weekly, set_weekly

__all__ = [
    "discipline_file",
    "edit_part",
    "error_file",
    "hand_over",
    "make_note",
    "make_weekly",
    "set_weekly",
    "sign",
]
