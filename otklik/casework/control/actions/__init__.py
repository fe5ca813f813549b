"""The only writers of bulk changes, reminders and escalation."""

from otklik.casework.control.actions.bulk import apply_bulk, start_bulk, undo_bulk
from otklik.casework.control.actions.escalate import tell_of_terms
from otklik.casework.control.actions.remind import remind
from otklik.casework.control.actions.steps import drop_step, save_step, set_quiet

__all__ = [
    "apply_bulk",
    "drop_step",
    "remind",
    "save_step",
    "set_quiet",
    "start_bulk",
    "tell_of_terms",
    "undo_bulk",
]
