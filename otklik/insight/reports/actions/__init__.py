"""The only writers of papers."""

from otklik.insight.reports.actions.discipline import discipline_file
from otklik.insight.reports.actions.editing import (
    Delivery,
    edit_part,
    hand_over,
    set_terms,
    sign,
)
from otklik.insight.reports.actions.errors import error_file
from otklik.insight.reports.actions.making import make_note, make_report
from otklik.insight.reports.actions.reminding import remind
from otklik.insight.reports.actions.schedule import (
    make_due,
    make_weekly,
    rhythm_from,
    set_schedule,
    set_weekly,
)

__all__ = [
    "Delivery",
    "discipline_file",
    "edit_part",
    "error_file",
    "hand_over",
    "make_due",
    "make_note",
    "make_report",
    "make_weekly",
    "remind",
    "rhythm_from",
    "set_schedule",
    "set_terms",
    "set_weekly",
    "sign",
]
