"""Approval and signature of an answer."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import NotFound
from otklik.casework.appeals.actions import move
from otklik.casework.appeals.actions.locking import locked
from otklik.casework.replies.events import ReplyApproved, ReplyReturned, ReplySigned
from otklik.casework.replies.models import Reply
from otklik.casework.replies.queries import SUBJECT
from otklik.casework.replies.vocabulary import ReplyStatus, ReturnReason
from otklik.directory.approvals.actions import decide as decide_step
from otklik.directory.approvals.models import ApprovalStep
from otklik.directory.organisation.rules import Access
from otklik.records.journal.actions import record


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
        remark=remark,
        reasons=known,
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
    reply.status = ReplyStatus.SIGNED
    reply.signed_at = clock.now()
    reply.signed_label = step.decided_label
    reply.number = f"{reply.appeal.number}-{reply.revision}"
    reply.save(update_fields=["status", "signed_at", "signed_label", "number"])
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
