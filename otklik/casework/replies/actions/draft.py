"""Drafting an answer and sending it for approval."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, Refused
from otklik.casework.appeals.actions import move
from otklik.casework.appeals.actions.locking import locked
from otklik.casework.appeals.models import Appeal, Question
from otklik.casework.appeals.vocabulary import Channel
from otklik.casework.replies.actions.citing import link_acts, outdated_acts
from otklik.casework.replies.events import ReplyDrafted, ReplySubmitted
from otklik.casework.replies.models import Reply, ReplyRevision
from otklik.casework.replies.queries import SUBJECT, open_reply, values_of
from otklik.casework.replies.rules.placeholders import fill, has_places, refusal
from otklik.casework.replies.rules.quality import (
    SOCIAL_LENGTH,
    SOCIAL_OPTION,
    Check,
    Draft,
    blocks,
    check,
)
from otklik.casework.replies.vocabulary import ReplyStatus
from otklik.directory.approvals.actions import start
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.language.masking import for_publication
from otklik.records.attachments.queries import files_of
from otklik.records.journal.actions import record

PUBLIC_CHANNELS = {
    Channel.POS,
    Channel.INCIDENT,
    Channel.VK,
    Channel.OK,
    Channel.TELEGRAM,
    Channel.MAX,
}
EDITABLE = {ReplyStatus.DRAFT, ReplyStatus.RETURNED}


@transaction.atomic
def save_draft(
    *,
    access: Access,
    appeal_id: int,
    text: str,
    internal_note: str = "",
    confirmed: Mapping[str, bool] | None = None,
    body_id: int | None = None,
) -> Reply:
    """Save the draft; a new one is begun when there is none open (ust-kubinsky 4.9.в)."""
    appeal = locked(access, appeal_id)
    access = require_draft(access, appeal)
    if not text.strip():
        raise Refused("Ответ пустой.", "Напишите текст ответа.")
    reply = open_reply(appeal.pk)
    if reply is None:
        reply = Reply(
            appeal=appeal,
            body_id=body_id or appeal.executor_body_id,
            status=ReplyStatus.DRAFT,
            created_at=clock.now(),
            revision=1,
        )
    elif reply.status not in EDITABLE:
        raise Conflict(
            "Ответ уже на согласовании, править его нельзя.",
            "Дождитесь решения или попросите вернуть его на доработку.",
        )
    begun = reply.pk is None
    reply.text = _filled(access, appeal, text)
    reply.internal_note = internal_note.strip()
    reply.author_id = access.account_id
    reply.author_label = access.actor.label
    reply.checklist = {"confirmed": {slug: bool(v) for slug, v in (confirmed or {}).items()}}
    reply.save()
    link_acts(reply, appeal.municipality_id)
    if begun:
        record(
            ReplyDrafted(
                subject_id=reply.pk,
                case_id=appeal.pk,
                revision=reply.revision,
                by_link=access.actor.kind == "link",
            ),
            actor=access.actor,
            municipality_id=appeal.municipality_id,
        )
    return reply


@transaction.atomic
def submit(*, access: Access, appeal_id: int) -> Reply:
    """Freeze the draft as a revision and open a round of approval.

    Raises Refused while the checklist holds a block, naming each.
    """
    appeal = locked(access, appeal_id)
    access = require_draft(access, appeal)
    reply = open_reply(appeal.pk)
    if reply is None or reply.status not in EDITABLE:
        raise Conflict("Нет черновика, который можно отправить.", "Сначала сохраните ответ.")
    found = checklist(reply, appeal)
    stopping = blocks(found)
    if stopping:
        lines = "; ".join(f"{item.label.lower()} — {item.note}" for item in stopping)
        raise Refused(
            f"Ответ пока нельзя отправить на согласование: {lines}", "Исправьте и отправьте снова."
        )
    if reply.status == ReplyStatus.RETURNED:
        reply.revision += 1
    reply.status = ReplyStatus.ON_APPROVAL
    reply.checklist = {**reply.checklist, "found": [[c.slug, c.level, c.note] for c in found]}
    reply.save()
    ReplyRevision.objects.create(
        reply=reply,
        number=reply.revision,
        text=reply.text,
        author_label=access.actor.label,
        created_at=clock.now(),
    )
    start(access=access, subject=SUBJECT, subject_id=reply.pk)
    record(
        ReplySubmitted(subject_id=reply.pk, case_id=appeal.pk, revision=reply.revision),
        actor=access.actor,
        municipality_id=appeal.municipality_id,
    )
    move(access=access, appeal_id=appeal.pk, verb="submit")
    return reply


def checklist(reply: Reply, appeal: Appeal) -> list[Check]:
    """The quality checklist of a draft as it stands."""
    questions = Question.objects.filter(appeal=appeal).select_related("topic").order_by("number")
    return check(
        Draft(
            text=reply.text,
            confirmed=reply.checklist.get("confirmed", {}),
            questions=tuple(f"{each.text} {each.topic or ''} {each.place}" for each in questions),
            personal=tuple(span.kind for span in for_publication(reply.text).found),
            files=files_of(SUBJECT, [reply.pk]).count() if reply.pk else 0,
            public=appeal.channel in PUBLIC_CHANNELS,
            channel=appeal.channel,
            social_length=_social_length(appeal),
            outdated=outdated_acts(reply, clock.today(appeal.municipality.tz)),
        )
    )


def _social_length(appeal: Appeal) -> int:
    value = appeal.municipality.settings.get(SOCIAL_OPTION)
    return value if isinstance(value, int) and value > 0 else SOCIAL_LENGTH


def _filled(access: Access, appeal: Appeal, text: str) -> str:
    """The text with the places of a template filled from the case; raise Refused for unknown."""
    plain = text.replace("\x00", "").strip()
    if not has_places(plain):
        return plain
    if wrong := refusal(plain):
        raise Refused(*wrong)
    named = any(
        access.allows(Permission.VIEW_PERSONAL, body_id=body, channel=appeal.channel)
        for body in appeal.body_ids
    )
    own = access.account_id if access.account_id in appeal.account_ids else None
    named = named or access.allows(Permission.VIEW_PERSONAL, account_id=own, channel=appeal.channel)
    return fill(plain, values_of(appeal, named=named))


def require_draft(access: Access, appeal: Appeal) -> Access:
    """The access acting under the role that drafts; any body on the case counts."""
    for body in appeal.body_ids:
        if access.allows(Permission.DRAFT, body_id=body, channel=appeal.channel):
            return access.under(Permission.DRAFT, body_id=body, channel=appeal.channel)
    own = access.account_id if access.account_id in appeal.account_ids else None
    return access.require(Permission.DRAFT, account_id=own, channel=appeal.channel)
