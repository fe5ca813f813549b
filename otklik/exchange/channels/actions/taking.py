"""Putting one message of a connector into the inbox, by whichever way it came."""

from __future__ import annotations

from enum import Enum
from typing import Any

from django.db import transaction

from otklik.exchange.channels.actions.delivery import confirm_sent, report_lost
from otklik.exchange.channels.actions.inbound import accept_message, note_removed
from otklik.exchange.channels.connectors.base import Incoming
from otklik.exchange.channels.models import ChannelAccount, OutboundMessage
from otklik.exchange.channels.vocabulary import Disposition

UNREADABLE = "Сообщение не удалось разобрать. Откройте его исходный текст."


class Taken(Enum):
    NEW = "new"
    REPEATED = "repeated"
    ASIDE = "aside"


@transaction.atomic
def take_incoming(account: ChannelAccount, incoming: Incoming) -> Taken:
    """Store a message, a deletion, an echo of our own or a report of loss; a repeat is harmless."""
    if incoming.deleted:
        return _take_removal(account, incoming)
    disposition = incoming.disposition
    if _is_ours(account, incoming):
        disposition = Disposition.ECHO
    if disposition == Disposition.BOUNCE and incoming.lost_reason:
        report_lost(
            external_id=incoming.lost,
            municipality_id=account.municipality_id,
            reason=f"Почтовый сервер вернул письмо: {incoming.lost_reason}",
        )
    _, created = accept_message(
        account=account,
        external_id=incoming.external_id,
        kind=incoming.kind,
        received_at=incoming.received_at,
        raw=incoming.raw,
        text=incoming.text,
        sender=incoming.sender,
        sender_name=incoming.sender_name,
        addressee=incoming.addressee,
        subject=incoming.subject,
        quoted=incoming.quoted,
        thread_key=(incoming.thread_ids or (incoming.external_id,))[-1][:500],
        attachments=incoming.files if disposition == Disposition.ACCEPTED else (),
        details=details_of(incoming),
        disposition=disposition,
        reason=incoming.reason,
        version=incoming.version,
    )
    if not created:
        return Taken.REPEATED
    return Taken.NEW if disposition == Disposition.ACCEPTED else Taken.ASIDE


@transaction.atomic
def set_aside(account: ChannelAccount, *, external_id: str, incoming: Incoming) -> None:
    """Keep whole what could not be read, for a person."""
    accept_message(
        account=account,
        external_id=external_id,
        kind=incoming.kind,
        received_at=incoming.received_at,
        raw=incoming.raw,
        text=UNREADABLE,
        disposition=Disposition.UNREADABLE,
        reason="ошибка разбора",
    )


def details_of(incoming: Incoming) -> dict[str, Any]:
    """What is kept beside the text; empty things are left out."""
    post = incoming.post
    told = {
        "thread_ids": list(incoming.thread_ids),
        "url": incoming.url,
        "answer_to": dict(incoming.answer_to),
        "album": incoming.album,
        "post": {"id": post.external_id, "text": post.text, "url": post.url} if post else {},
    }
    return {name: value for name, value in told.items() if value or name == "thread_ids"}


def _take_removal(account: ChannelAccount, incoming: Incoming) -> Taken:
    news = note_removed(
        account=account,
        external_id=incoming.external_id,
        kind=incoming.kind,
        at=incoming.received_at,
    )
    return Taken.ASIDE if news else Taken.REPEATED


def _is_ours(account: ChannelAccount, incoming: Incoming) -> bool:
    """A copy of our own message has come back; it proves that the message went."""
    ours = OutboundMessage.objects.filter(account=account, external_id=incoming.external_id)
    message_id = ours.values_list("pk", flat=True).first()
    if message_id is None:
        return incoming.ours
    confirm_sent(message_id)
    return True
