"""Approval and signature of an answer."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import NotFound
from otklik.casework.appeals.actions import move
from otklik.casework.appeals.actions.locking import locked
from otklik.casework.appeals.actions.registration import take_of_register
from otklik.casework.appeals.models import Appeal
from otklik.casework.replies.events import ReplyApproved, ReplyReturned, ReplySigned
from otklik.casework.replies.models import Reply
from otklik.casework.replies.queries import SUBJECT
from otklik.casework.replies.queries.letters import compose
from otklik.casework.replies.vocabulary import ReplyStatus, ReturnReason
from otklik.directory.approvals.actions import decide as decide_step
from otklik.directory.approvals.models import ApprovalStep
from otklik.directory.organisation.rules import Access
from otklik.records.journal.actions import record

OUTGOING = "И"
"""The register of outgoing letters."""


@transaction.atomic
def approve_reply(*, access: Access, reply_id: int) -> Reply:
    """Decide the pending step in favour. The last step puts the signature mark and a number."""
    reply = _reply(access, reply_id)
    outcome, step = decide_step(
        access=access,
        subject=SUBJECT,
        subject_id=reply.pk,
        approve=True,
        body_id=reply.appeal.executor_body_id,
        channel=reply.appeal.channel,
    )
    access = access.under(
        step.permission, body_id=reply.appeal.executor_body_id, channel=reply.appeal.channel
    )
    _record(
        access, reply, ReplyApproved(subject_id=reply.pk, case_id=reply.appeal_id, step=step.label)
    )
    if outcome == "finished":
        _sign(access, reply, step)
    return reply


@transaction.atomic
def return_reply(
    *, access: Access, reply_id: int, remark: str = "", reasons: Sequence[str] = ()
) -> Reply:
    """Send the draft back with a remark (dedovichi 13). Refused without a remark or reason."""
    reply = _reply(access, reply_id)
    known = [reason for reason in reasons if reason in ReturnReason.values]
    _, step = decide_step(
        access=access,
        subject=SUBJECT,
        subject_id=reply.pk,
        approve=False,
        body_id=reply.appeal.executor_body_id,
        channel=reply.appeal.channel,
        remark=remark,
        reasons=known,
    )
    access = access.under(
        step.permission, body_id=reply.appeal.executor_body_id, channel=reply.appeal.channel
    )
    reply.status = ReplyStatus.RETURNED
    reply.returns += 1
    reply.save(update_fields=["status", "returns"])
    labels = ", ".join(ReturnReason(reason).label for reason in known)
    _record(
        access,
        reply,
        ReplyReturned(
            subject_id=reply.pk,
            case_id=reply.appeal_id,
            step=step.label,
            remark=remark.strip(),
            reasons=labels,
        ),
    )
    move(access=access, appeal_id=reply.appeal_id, verb="return")
    return reply


def _sign(access: Access, reply: Reply, step: ApprovalStep) -> None:
    """The mark, the next outgoing number, and the letter as it stands from now on."""
    appeal = Appeal.objects.select_related("municipality", "applicant").get(pk=reply.appeal_id)
    moment = clock.now()
    signed_on = moment.astimezone(appeal.municipality.tz).date()
    reply.status = ReplyStatus.SIGNED
    reply.signed_at = moment
    reply.signed_label = step.decided_label
    (reply.number,) = take_of_register(appeal.municipality_id, OUTGOING, signed_on.year)
    letter = compose(reply, appeal, signed_on=signed_on, signer_id=step.decided_by_id)
    reply.letter = letter.model_dump(mode="json")
    reply.save(update_fields=["status", "signed_at", "signed_label", "number", "letter"])
    _record(
        access,
        reply,
        ReplySigned(subject_id=reply.pk, case_id=reply.appeal_id, number=reply.number),
    )
    move(access=access, appeal_id=reply.appeal_id, verb="approve")


def _reply(access: Access, reply_id: int) -> Reply:
    found = Reply.objects.filter(pk=reply_id).values_list("appeal_id", flat=True).first()
    if found is None:
        raise NotFound("Такого ответа нет.", "Обновите страницу.")
    locked(access, found)
    return Reply.objects.select_for_update(of=("self",)).select_related("appeal").get(pk=reply_id)


def _record(
    access: Access, reply: Reply, event: ReplyApproved | ReplyReturned | ReplySigned
) -> None:
    record(event, actor=access.actor, municipality_id=reply.appeal.municipality_id)
