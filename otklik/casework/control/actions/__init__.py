"""The only writers of bulk changes, reminders and escalation."""

from otklik.casework.control.actions.bulk import apply_bulk, start_bulk
from otklik.casework.control.actions.escalate import tell_of_terms
from otklik.casework.control.actions.parts import tell_of_parts
from otklik.casework.control.actions.remind import remind
from otklik.casework.control.actions.steps import drop_step, save_step, set_quiet
from otklik.casework.control.actions.undo import take_back, undo_bulk

__all__ = [
    "apply_bulk",
    "drop_step",
    "remind",
    "save_step",
    "set_quiet",
    "start_bulk",
    "take_back",
    "tell_of_parts",
    "tell_of_terms",
    "undo_bulk",
]
