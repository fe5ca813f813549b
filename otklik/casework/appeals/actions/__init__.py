"""The only writers of a case."""

from otklik.casework.appeals.actions.addressees import close_door, open_door
from otklik.casework.appeals.actions.assign import assign_executor, withdraw_assignment
from otklik.casework.appeals.actions.classify import (
    link_repeat,
    mark_repetition,
    put_topic,
    set_place,
    set_topic,
    unlink_repeat,
)
from otklik.casework.appeals.actions.move import (
    close_without_answer,
    conclude,
    convert_regime,
    mark_answered,
    mark_published,
    move,
    reopen,
)
from otklik.casework.appeals.actions.naming import call_all_appeals
from otklik.casework.appeals.actions.register import register
from otklik.casework.appeals.actions.registration import (
    NewAppeal,
    NewApplicant,
    NewQuestion,
    PlaceGiven,
)
from otklik.casework.appeals.actions.restore import Executors, executors_now, restore_executors
from otklik.casework.appeals.actions.split import add_question, drop_question
from otklik.casework.appeals.actions.theme import mark_theme
from otklik.casework.appeals.actions.urgency import set_fast_track, set_priority

__all__ = [
    "Executors",
    "NewAppeal",
    "NewApplicant",
    "NewQuestion",
    "PlaceGiven",
    "add_question",
    "assign_executor",
    "call_all_appeals",
    "close_door",
    "close_without_answer",
    "conclude",
    "convert_regime",
    "drop_question",
    "executors_now",
    "link_repeat",
    "mark_answered",
    "mark_published",
    "mark_repetition",
    "mark_theme",
    "move",
    "open_door",
    "put_topic",
    "register",
    "reopen",
    "restore_executors",
    "set_fast_track",
    "set_place",
    "set_priority",
    "set_topic",
    "unlink_repeat",
    "withdraw_assignment",
]
