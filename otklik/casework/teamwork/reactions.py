"""What wakes this room."""

from __future__ import annotations

from otklik.casework.replies.events import ReplySubmitted
from otklik.casework.teamwork.events import AssignmentHandedBack, HandBackDecided
from otklik.casework.teamwork.jobs import decided, handed_back, note_answer_drafted
from otklik.records.journal.subscriptions import on


@on(ReplySubmitted)
def reply_submitted(event: ReplySubmitted, **_: object) -> None:
    if event.case_id is not None:
        note_answer_drafted.defer(appeal_id=event.case_id, body_id=None)


@on(AssignmentHandedBack)
def assignment_handed_back(event: AssignmentHandedBack, **_: object) -> None:
    handed_back.defer(hand_back_id=event.subject_id)


@on(HandBackDecided)
def hand_back_decided(event: HandBackDecided, **_: object) -> None:
    decided.defer(hand_back_id=event.subject_id)
