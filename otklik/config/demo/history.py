"""The journal of a demo case: the same facts that living work would have recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from otklik.base.actor import Actor
from otklik.base.events import Event
from otklik.casework.appeals.events import (
    AppealAnswered,
    AppealRegistered,
    AppealReopened,
    ExecutorAssigned,
    RepeatLinked,
    TopicSet,
)
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import AssignmentRole, Channel, Regime
from otklik.casework.deadlines.events import DeadlineExtended, DeadlineMet, DeadlineSet
from otklik.casework.deadlines.models import Deadline
from otklik.casework.deadlines.vocabulary import DeadlineKind, DeadlineState
from otklik.casework.replies.events import (
    ReplyApproved,
    ReplyDrafted,
    ReplyNotDelivered,
    ReplyQueued,
    ReplyReturned,
    ReplySent,
    ReplySigned,
    ReplySubmitted,
)
from otklik.casework.replies.models import Reply
from otklik.casework.replies.vocabulary import ReturnReason
from otklik.casework.satisfaction.events import ScoreAsked, ScoreGiven
from otklik.casework.satisfaction.models import Survey
from otklik.config.demo.grounds import Grounds
from otklik.config.demo.hitches import LETTERS, WAIT
from otklik.config.demo.model import DemoAppeal
from otklik.directory.approvals.models import ApprovalStep
from otklik.directory.approvals.vocabulary import StepState
from otklik.records.journal.models import Entry

SECOND = timedelta(seconds=1)
EXTENSION_REASON = "направлен запрос, без ответа на который решить вопрос нельзя"
REOPEN_REASON = "заявитель оценил ответ на {} и просит вернуться к вопросу"


@dataclass(frozen=True)
class Rows:
    """Saved rows of one case, in the order they came to be."""

    told: DemoAppeal
    appeal: Appeal
    answer_term: Deadline | None
    replies: tuple[Reply, ...]
    steps: tuple[ApprovalStep, ...]
    survey: Survey | None


@dataclass(frozen=True)
class Hands:
    """Who does what in the demo."""

    operator: Actor
    approver: Actor
    writer: Actor
    executors: dict[str, Actor]
    citizen: Actor
    system: Actor

    @classmethod
    def of(cls, grounds: Grounds) -> Hands:
        def actor(login: str) -> Actor:
            account = grounds.staff[login]
            return Actor("person", account.short_name, account.pk)

        executors = {
            slug: Actor("person", account.short_name, account.pk)
            for slug, account in grounds.executors.items()
        }
        others = {
            slug: Actor("link", f"{body.short_name} (по ссылке)")
            for slug, body in grounds.bodies.items()
        }
        return cls(actor("sinitsyna"), actor("ozerov"), actor("polyakova"), others | executors,
                   Actor.citizen(), Actor.system())  # fmt: skip


Moment = tuple[datetime, Event, Actor]


def entries(rows: Rows, grounds: Grounds, hands: Hands) -> list[Entry]:
    """Journal entries of one case with their own moments, in the order of time."""
    moments = [
        *_beginning(rows, grounds, hands),
        *_answering(rows, hands),
        *_ending(rows, hands),
    ]
    moments.sort(key=lambda moment: moment[0])
    return [entry(at, event, actor, grounds.municipality.pk) for at, event, actor in moments]


def entry(at: datetime, event: Event, actor: Actor, municipality_id: int) -> Entry:
    """A row of the journal with its own moment, not yet saved."""
    return Entry(
        recorded_at=at,
        municipality_id=municipality_id,
        name=event.name,
        subject=event.subject,
        subject_id=event.subject_id,
        case_id=event.case_id,
        actor_kind=actor.kind,
        actor_id=actor.account_id,
        actor_label=actor.label,
        actor_role=actor.role,
        sentence=event.sentence(),
        payload=event.payload(),
    )


def _beginning(rows: Rows, grounds: Grounds, hands: Hands) -> Iterator[Moment]:
    appeal, told = rows.appeal, rows.told
    at = appeal.registered_at
    if at is None:
        return
    registered = AppealRegistered(
        subject_id=appeal.pk, case_id=appeal.pk, number=appeal.number, regime=appeal.regime,
        regime_label=Regime(appeal.regime).label, channel=appeal.channel,
        channel_label=Channel(appeal.channel).label, questions=len(told.questions),
    )  # fmt: skip
    yield at, registered, hands.operator
    if rows.answer_term:
        yield at + SECOND, _term_set(rows.answer_term, appeal.pk), hands.system
    if appeal.repeats:
        earlier = appeal.repeats
        linked = RepeatLinked(
            subject_id=appeal.pk, case_id=appeal.pk, earlier_id=earlier.pk, earlier=earlier.number
        )
        yield at + 2 * SECOND, linked, hands.system
    for question in told.questions:
        topic, body = grounds.topics[question.code], grounds.bodies[question.body]
        named = TopicSet(subject_id=appeal.pk, case_id=appeal.pk, question=question.number,
                         topic_id=topic.pk, topic=topic.name)  # fmt: skip
        if told.classified:
            yield at + 3 * SECOND, named, hands.operator
        if question.assigned_at:
            account = grounds.executors.get(question.body)
            given = ExecutorAssigned(
                subject_id=appeal.pk, case_id=appeal.pk, question=question.number,
                body_id=body.pk, body=body.short_name, role=AssignmentRole.MAIN,
                role_label=AssignmentRole.MAIN.label,
                account_id=account.pk if account else None,
                person=account.short_name if account else "",
            )  # fmt: skip
            yield question.assigned_at, given, hands.operator


def _term_set(term: Deadline, case_id: int) -> DeadlineSet:
    return DeadlineSet(
        subject_id=term.pk, case_id=case_id, kind=term.kind, due_at=term.due_at,
        explanation=term.explanation["sentence"],
    )  # fmt: skip


def _answering(rows: Rows, hands: Hands) -> Iterator[Moment]:
    executor = hands.executors[rows.told.questions[0].body]
    for reply in rows.replies:
        key: dict[str, Any] = {"subject_id": reply.pk, "case_id": rows.appeal.pk}
        rounds = [s for s in rows.steps if s.subject_id == reply.pk]
        yield reply.created_at, ReplyDrafted(revision=1, **key), executor
        for step in rounds:
            if step.order == 1:
                started = _submitted_at(rows, reply, step)
                yield started, ReplySubmitted(revision=step.round, **key), executor
            if step.decided_at is None:
                continue
            if step.state == StepState.RETURNED:
                why = ", ".join(ReturnReason(reason).label for reason in step.reasons)
                back = ReplyReturned(step=step.label, remark=step.remark, reasons=why, **key)
                yield step.decided_at, back, hands.approver
            else:
                yield step.decided_at, ReplyApproved(step=step.label, **key), hands.approver
        if reply.signed_at:
            yield reply.signed_at, ReplySigned(number=reply.number, **key), hands.approver
        if reply.sent_at:
            label = Channel(rows.appeal.channel).label
            yield reply.sent_at, ReplySent(channel_label=label, **key), hands.operator
    yield from _stopping(rows, hands)


def _stopping(rows: Rows, hands: Hands) -> Iterator[Moment]:
    """An answer that is queued and has not got through yet."""
    told = rows.told
    if not told.tried_at or told.trouble == "signed":
        return
    key: dict[str, Any] = {"subject_id": rows.replies[0].pk, "case_id": rows.appeal.pk}
    label = Channel.EMAIL.label if told.trouble in LETTERS else Channel(told.channel).label
    yield told.tried_at - WAIT, ReplyQueued(channel_label=label, **key), hands.operator
    if told.trouble in LETTERS:
        stopped = ReplyNotDelivered(reason=LETTERS[told.trouble], **key)
        yield told.tried_at, stopped, hands.system


def _submitted_at(rows: Rows, reply: Reply, step: ApprovalStep) -> datetime:
    if reply is rows.replies[0]:
        return rows.told.drafts[step.round - 1].at
    return reply.created_at + SECOND


def _ending(rows: Rows, hands: Hands) -> Iterator[Moment]:
    told, appeal, term = rows.told, rows.appeal, rows.answer_term
    if told.extended_at and term and term.extended_days:
        extended = DeadlineExtended(subject_id=term.pk, case_id=appeal.pk, due_at=term.due_at,
                                    days=term.extended_days, reason=EXTENSION_REASON)  # fmt: skip
        yield told.extended_at, extended, hands.approver
    for at in filter(None, (told.answered_at, told.second_answered_at)):
        yield (
            at + SECOND,
            AppealAnswered(subject_id=appeal.pk, case_id=appeal.pk, answered_at=at),
            hands.operator,
        )
    if term and term.met_at:
        late = term.state == DeadlineState.MET_LATE
        met = DeadlineMet(
            subject_id=term.pk, case_id=appeal.pk, kind=DeadlineKind.ANSWER, met_at=term.met_at,
            late=late,
        )  # fmt: skip
        yield term.met_at + 2 * SECOND, met, hands.system
    if rows.survey is None:
        return
    asked = ScoreAsked(subject_id=rows.survey.pk, case_id=appeal.pk)
    yield rows.survey.asked_at, asked, hands.system
    if rows.survey.answered_at and rows.survey.score:
        given = ScoreGiven(subject_id=rows.survey.pk, case_id=appeal.pk, score=rows.survey.score,
                           wants_reopening=rows.survey.wants_reopening)  # fmt: skip
        yield rows.survey.answered_at, given, hands.citizen
    if told.reopened_at:
        reason = REOPEN_REASON.format(told.score)
        again = AppealReopened(subject_id=appeal.pk, case_id=appeal.pk, reason=reason)
        yield told.reopened_at + SECOND, again, hands.system
