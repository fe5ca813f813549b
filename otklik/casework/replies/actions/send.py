"""Sending a signed answer back where the citizen wrote, through the outbox."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, Refused
from otklik.casework.appeals.actions import mark_answered
from otklik.casework.appeals.actions.locking import locked
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.rules.workflow import next_verbs
from otklik.casework.appeals.vocabulary import Channel, Regime, Result
from otklik.casework.replies.events import ReplyNotDelivered, ReplyQueued, ReplySent
from otklik.casework.replies.models import Reply
from otklik.casework.replies.queries import SUBJECT, letter_of
from otklik.casework.replies.rules.letter import greeting_of, letter_text, subject_line
from otklik.casework.replies.vocabulary import ReplyStatus
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels.actions import queue_message
from otklik.exchange.channels.models import OutboundMessage
from otklik.exchange.channels.queries.places import AnswerPlace, answer_place, last_part
from otklik.exchange.channels.vocabulary import (
    DONE_STATES,
    TROUBLED_STATES,
    ChannelKind,
    OutboundState,
    Purpose,
    channel_label,
)
from otklik.records.attachments.actions import store
from otklik.records.attachments.queries import files_of
from otklik.records.journal.actions import record

UNDO = timedelta(seconds=30)
SHEET = "reply_letter"
BY_MAIL = {Channel.EMAIL, Channel.PORTAL}


@transaction.atomic
def send_reply(
    *,
    access: Access,
    reply_id: int,
    result: Result = Result.EXPLAINED,
    measures_taken: bool = False,
    undo: timedelta = UNDO,
) -> Reply:
    """Queue a signed answer. Nothing unsigned leaves (ust-kubinsky 4.6.в).

    Raises Conflict when the answer is not signed, Refused when there is nowhere to send it.
    """
    access = access.require(Permission.SEND)
    reply = Reply.objects.select_related("appeal").get(pk=reply_id)
    appeal = locked(access, reply.appeal_id)
    access = access.under(Permission.SEND, channel=appeal.channel)
    reply = Reply.objects.select_for_update().get(pk=reply_id)
    if reply.status not in (ReplyStatus.SIGNED, ReplyStatus.FAILED):
        raise Conflict("Отправить можно только подписанный ответ.", "Дождитесь подписи.")
    place = _place(appeal)
    kind, recipient = (place.channel, place.sender) if place else _where(appeal)
    appeal.questions.filter(result="").update(result=result, measures_taken=measures_taken)
    message = queue_message(
        municipality_id=appeal.municipality_id,
        actor=access.actor,
        channel=kind,
        purpose=Purpose.ANSWER,
        recipient=recipient,
        subject=subject_line(
            appeal.number, appeal.received_at.astimezone(appeal.municipality.tz).date()
        ),
        text=_letter(appeal, reply, kind),
        case_id=appeal.pk,
        key=f"reply:{reply.pk}:{reply.revision}",
        attachment_ids=_enclosed(appeal, reply, kind),
        # The other system knows the case by its own number; a letter finds its thread by itself.
        reply_to=_answered(appeal, kind, place),
        account=place.account if place else None,
        target=place.target if place else None,
        send_after=clock.now() + undo,
    )
    reply.outbound_id = message.pk
    reply.status = ReplyStatus.SENDING
    reply.save(update_fields=["outbound_id", "status"])
    record(
        ReplyQueued(subject_id=reply.pk, case_id=appeal.pk, channel_label=channel_label(kind)),
        actor=access.actor,
        municipality_id=appeal.municipality_id,
    )
    return reply


@transaction.atomic
def note_delivery(*, outbound_id: int) -> None:
    """Carry the state of the outbox over to the answer and the case; repeats change nothing."""
    message = OutboundMessage.objects.get(pk=outbound_id)
    last = last_part(message)
    reply = (
        Reply.objects.select_for_update(of=("self",))
        .select_related("appeal")
        .filter(outbound_id=last.pk)
        .first()
    )
    if reply is None or (message.pk != last.pk and message.state not in TROUBLED_STATES):
        return  # the answer is known by its last part; one before it matters only when it fails
    access = Access.system(reply.appeal.municipality_id, "Система отправки")
    if message.state in DONE_STATES and reply.status != ReplyStatus.SENT:
        _sent(access, reply, message)
    elif _is_trouble(message, reply):
        _troubled(access, reply, message)
    elif message.state == OutboundState.CANCELLED and reply.status == ReplyStatus.SENDING:
        reply.status = ReplyStatus.SIGNED
        reply.save(update_fields=["status"])


def _is_trouble(message: OutboundMessage, reply: Reply) -> bool:
    """On its way it may fail or stay silent; what has left may still come back as returned."""
    if reply.status == ReplyStatus.SENT:
        return message.state == OutboundState.FAILED
    return message.state in TROUBLED_STATES and reply.status == ReplyStatus.SENDING


def _sent(access: Access, reply: Reply, message: OutboundMessage) -> None:
    reply.status = ReplyStatus.SENT
    reply.sent_at = message.sent_at or clock.now()
    reply.save(update_fields=["status", "sent_at"])
    record(
        ReplySent(
            subject_id=reply.pk,
            case_id=reply.appeal_id,
            channel_label=channel_label(message.channel),
        ),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )
    # A letter that came back and was sent again answers a case that is answered already.
    if "answer" in next_verbs(reply.appeal.status):
        mark_answered(access=access, appeal_id=reply.appeal_id, answered_at=reply.sent_at)


def _troubled(access: Access, reply: Reply, message: OutboundMessage) -> None:
    if message.state == OutboundState.FAILED:
        reply.status = ReplyStatus.FAILED
        reply.save(update_fields=["status"])
    record(
        ReplyNotDelivered(
            subject_id=reply.pk,
            case_id=reply.appeal_id,
            reason=message.last_error or OutboundState(message.state).label,
        ),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )


def _place(appeal: Appeal) -> AnswerPlace | None:
    """Where the program itself answers right under the citizen's words."""
    place = answer_place(appeal.pk) if appeal.inbound_message_id else None
    return place if place is not None and place.by_itself else None


def _where(appeal: Appeal) -> tuple[str, str]:
    """The channel and address that reach the citizen where he wrote."""
    address = appeal.reply_address or appeal.applicant.email
    if appeal.channel in BY_MAIL and address:
        return ChannelKind.EMAIL, address
    if appeal.channel == Channel.EMAIL:
        raise Refused(
            "Не известно, на какую почту отвечать.", "Впишите почту заявителя в карточку."
        )
    if appeal.channel in (Channel.HOTLINE122, Channel.PAPER, Channel.RECEPTION) and address:
        return ChannelKind.EMAIL, address
    if appeal.channel in (Channel.PAPER, Channel.RECEPTION):
        return ChannelKind.PAPER, appeal.applicant.postal_address
    recipient = (
        appeal.external_number or appeal.applicant.external_profile or appeal.applicant.phone
    )
    return ChannelKind(appeal.channel), recipient


def _answered(appeal: Appeal, kind: str, place: AnswerPlace | None) -> list[str]:
    if place is not None:
        return [place.external_id]
    return [] if kind == ChannelKind.EMAIL else [appeal.external_number or appeal.number]


def _enclosed(appeal: Appeal, reply: Reply, kind: str) -> list[int]:
    """Files of the answer; an answer under 59-ФЗ goes by mail with its letter on the blank."""
    files = [file.pk for file in files_of(SUBJECT, [reply.pk])]
    if appeal.regime != Regime.LAW59 or kind not in (ChannelKind.EMAIL, ChannelKind.PAPER):
        return files
    # Typesetting takes a second to load: only those who need it wait for it.
    from otklik.casework.replies.writers import letter_pdf

    sheet = store(
        municipality_id=appeal.municipality_id,
        file_name=f"Ответ {reply.number.replace('/', '-')}.pdf",
        content=letter_pdf(letter_of(reply), made_at=reply.signed_at or clock.now()),
        subject=SHEET,
        subject_id=reply.pk,
    )
    return [sheet.pk, *files]


def _letter(appeal: Appeal, reply: Reply, kind: str) -> str:
    if kind not in (ChannelKind.EMAIL, ChannelKind.PAPER):
        return reply.text
    has_page = bool(appeal.code_hash)
    return letter_text(
        greeting_name=greeting_of(appeal.applicant.name),
        text=reply.text,
        signed=reply.signed_label,
        centre=appeal.municipality.centre_name or appeal.municipality.name,
        page_url=f"{settings.PUBLIC_URL}/follow/" if has_page else "",
    )
