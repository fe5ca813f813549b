"""The only writers of calls."""

from otklik.casework.calls.actions.calling_back import ask_call_back, note_attempt
from otklik.casework.calls.actions.taking import CallGiven, take_call

__all__ = ["CallGiven", "ask_call_back", "note_attempt", "take_call"]
