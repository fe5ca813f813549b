"""The only writers of the common work on cases."""

from otklik.casework.teamwork.actions.answering import (
    answer_by_link,
    answer_request,
    open_request,
    take_letter,
)
from otklik.casework.teamwork.actions.asking import ask, cancel_request
from otklik.casework.teamwork.actions.handback import (
    accept_hand_back,
    decline_hand_back,
    hand_back,
)
from otklik.casework.teamwork.actions.handling import (
    carry_handling,
    confirm_receipt,
    note_answer_drafted,
    pass_urgently,
)
from otklik.casework.teamwork.actions.mailing import remind_overdue
from otklik.casework.teamwork.actions.options import set_receipt_days
from otklik.casework.teamwork.actions.thread import log_talk, write_note

__all__ = [
    "accept_hand_back",
    "answer_by_link",
    "answer_request",
    "ask",
    "cancel_request",
    "carry_handling",
    "confirm_receipt",
    "decline_hand_back",
    "hand_back",
    "log_talk",
    "note_answer_drafted",
    "open_request",
    "pass_urgently",
    "remind_overdue",
    "set_receipt_days",
    "take_letter",
    "write_note",
]
