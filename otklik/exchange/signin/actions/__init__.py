"""The only writers of the doors, and the way through them."""

from otklik.exchange.signin.actions.entering import Entered, enter
from otklik.exchange.signin.actions.esia import (
    begin_esia,
    finish_esia,
    identify_citizen,
    leaving_esia,
    note_identified,
    presented_by_esia,
)
from otklik.exchange.signin.actions.probing import probe_door
from otklik.exchange.signin.actions.setting import DoorWanted, RuleWanted, save_door, unbind

__all__ = [
    "DoorWanted",
    "Entered",
    "RuleWanted",
    "begin_esia",
    "enter",
    "finish_esia",
    "identify_citizen",
    "leaving_esia",
    "note_identified",
    "presented_by_esia",
    "probe_door",
    "save_door",
    "unbind",
]
