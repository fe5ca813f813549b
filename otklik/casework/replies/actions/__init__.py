"""The only writers of answers."""

from otklik.casework.replies.actions.decide import approve_reply, return_reply
from otklik.casework.replies.actions.draft import checklist, save_draft, submit
from otklik.casework.replies.actions.links import (
    answer_by_link,
    issue_link,
    open_link,
    renew_link,
)
from otklik.casework.replies.actions.options import set_social_length
from otklik.casework.replies.actions.proposals import (
    MeasureGiven,
    decide_proposal,
    move_act,
    save_proposal,
    submit_proposal,
)
from otklik.casework.replies.actions.review import review_question
from otklik.casework.replies.actions.send import note_delivery, send_reply
from otklik.casework.replies.actions.templates import archive_template, save_template
from otklik.casework.replies.actions.texts import forget_text, keep_text

__all__ = [
    "MeasureGiven",
    "answer_by_link",
    "approve_reply",
    "archive_template",
    "checklist",
    "decide_proposal",
    "forget_text",
    "issue_link",
    "keep_text",
    "move_act",
    "note_delivery",
    "open_link",
    "renew_link",
    "return_reply",
    "review_question",
    "save_draft",
    "save_proposal",
    "save_template",
    "send_reply",
    "set_social_length",
    "submit",
    "submit_proposal",
]
