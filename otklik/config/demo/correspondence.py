"""Answers of demo cases with revisions and decisions of approvers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from otklik.base.bulk import copy_new
from otklik.casework.appeals.actions.registration import take_of_register
from otklik.casework.appeals.models import Appeal
from otklik.casework.replies.actions.decide import OUTGOING
from otklik.casework.replies.models import Reply, ReplyRevision
from otklik.casework.replies.queries import SUBJECT
from otklik.casework.replies.vocabulary import ReplyStatus
from otklik.config.demo.grounds import Grounds
from otklik.config.demo.history import Hands
from otklik.config.demo.life import between
from otklik.config.demo.model import DemoAppeal, DemoDraft
from otklik.directory.approvals.models import ApprovalStep
from otklik.directory.approvals.rules import DEFAULT_STEPS
from otklik.directory.approvals.vocabulary import StepState

STOPPED = {
    "signed": ReplyStatus.SIGNED,
    "to_carry": ReplyStatus.SENDING,
    "unconfirmed": ReplyStatus.SENDING,
    "failed": ReplyStatus.FAILED,
}
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Answering:
    replies: tuple[Reply, ...]
    steps: tuple[ApprovalStep, ...]


def answer_rows(
    batch: Sequence[DemoAppeal], appeals: Sequence[Appeal], grounds: Grounds, hands: Hands
) -> list[Answering]:
    """Save replies, revisions and approval steps of a batch; one result for each appeal."""
    replies = [_replies(t, a, grounds, hands) for t, a in zip(batch, appeals, strict=True)]
    _number([reply for found in replies for reply in found], grounds)
    copy_new(connection, [reply for found in replies for reply in found])
    steps = [
        [step for n, reply in enumerate(found) for step in _steps(told, n, reply, hands)]
        for told, found in zip(batch, replies, strict=True)
    ]
    copy_new(connection, [step for found in steps for step in found])
    revisions = [
        revision
        for told, found in zip(batch, replies, strict=True)
        for n, reply in enumerate(found)
        for revision in _revisions(told, n, reply)
    ]
    copy_new(connection, revisions)
    return [
        Answering(tuple(found), tuple(made)) for found, made in zip(replies, steps, strict=True)
    ]


def plain(letter: str) -> str:
    """The text without the greeting by name, which sending puts before it."""
    head, _, rest = letter.partition("\n")
    return rest if head.startswith("Уважаем") and rest else letter


def _replies(told: DemoAppeal, appeal: Appeal, grounds: Grounds, hands: Hands) -> list[Reply]:
    if not told.drafts:
        return []
    body = told.questions[0].body
    author = hands.executors[body]
    returned = sum(bool(draft.remark) for draft in told.drafts)
    first = Reply(
        appeal=appeal,
        body=grounds.bodies[body],
        status=_status(told),
        text=plain(told.answer or told.drafts[-1].text),
        revision=len(told.drafts),
        returns=returned,
        author_id=author.account_id,
        author_label=author.label,
        created_at=_begun(told.questions[0].assigned_at, told.drafts[0].at),
    )
    found = [first]
    if tried_at := told.answered_at or told.tried_at:
        _sign(first, told.answered_at, tried_at, hands)
    if told.second_answered_at and told.reopened_at:
        second = Reply(
            appeal=appeal,
            body=first.body,
            status=ReplyStatus.SENT,
            text=plain(told.second_answer),
            author_id=author.account_id,
            author_label=author.label,
            created_at=_begun(told.reopened_at, told.second_answered_at),
        )
        _sign(second, told.second_answered_at, told.second_answered_at, hands)
        found.append(second)
    return found


def _number(replies: Sequence[Reply], grounds: Grounds) -> None:
    """Outgoing numbers in the order of signature, from the same register as living work."""
    zone = grounds.municipality.tz
    years: dict[int, list[tuple[datetime, int]]] = {}
    for place, reply in enumerate(replies):
        if reply.signed_at:
            year = reply.signed_at.astimezone(zone).year
            years.setdefault(year, []).append((reply.signed_at, place))
    for year, signed in years.items():
        numbers = take_of_register(grounds.municipality.pk, OUTGOING, year, len(signed))
        for (_, place), number in zip(sorted(signed), numbers, strict=True):
            replies[place].number = number


def _begun(start: datetime | None, draft_at: datetime) -> datetime:
    return between(start, draft_at, 0.7) if start else draft_at


def _status(told: DemoAppeal) -> ReplyStatus:
    if told.answered_at:
        return ReplyStatus.SENT
    if told.trouble:
        return STOPPED[told.trouble]
    return ReplyStatus.RETURNED if told.drafts[-1].remark else ReplyStatus.ON_APPROVAL


def _sign(reply: Reply, sent_at: datetime | None, tried_at: datetime, hands: Hands) -> None:
    reply.sent_at = sent_at
    reply.signed_at = between(reply.created_at, tried_at, 0.98)
    reply.signed_label = hands.approver.label


def _revisions(told: DemoAppeal, order: int, reply: Reply) -> list[ReplyRevision]:
    drafts = told.drafts if order == 0 else (DemoDraft(reply.created_at, reply.text),)
    return [
        ReplyRevision(
            reply=reply,
            number=number,
            text=plain(draft.text),
            author_label=reply.author_label,
            created_at=draft.at,
        )
        for number, draft in enumerate(drafts, start=1)
    ]


def _steps(told: DemoAppeal, order: int, reply: Reply, hands: Hands) -> list[ApprovalStep]:
    drafts = told.drafts if order == 0 else (DemoDraft(reply.created_at, reply.text),)
    ends = [draft.at for draft in told.drafts[1:]] if order == 0 else []
    found = []
    for number, draft in enumerate(drafts, start=1):
        end = ends[number - 1] if number <= len(ends) else reply.signed_at
        for place, note in enumerate(DEFAULT_STEPS, start=1):
            state, decided = _decision(place, draft.remark, draft.at, end)
            found.append(
                ApprovalStep(
                    municipality_id=reply.appeal.municipality_id,
                    subject=SUBJECT,
                    subject_id=reply.pk,
                    round=number,
                    order=place,
                    label=note["label"],
                    permission=note["permission"],
                    state=state,
                    decided_by_id=hands.approver.account_id if decided else None,
                    decided_label=hands.approver.label if decided else "",
                    decided_at=decided,
                    remark=draft.remark if state == StepState.RETURNED else "",
                    reasons=[draft.reason] if state == StepState.RETURNED else [],
                )
            )
    return found


def _decision(
    place: int, remark: str, at: datetime, end: datetime | None
) -> tuple[StepState, datetime | None]:
    """State of a step and when it was decided; `end` is None while nothing is decided."""
    if remark:
        decided = between(at, end, 0.4) if end else at + 20 * MINUTE
        return (StepState.RETURNED, decided) if place == 1 else (StepState.CANCELLED, None)
    if end is None:
        return (StepState.PENDING if place == 1 else StepState.WAITING), None
    return StepState.APPROVED, between(at, end, 0.6 if place == 1 else 0.99)
