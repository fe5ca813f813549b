"""Putting messages into the outbox, and changing one's mind."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.base.errors import Conflict, NotFound, Refused
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels.actions.work import defer_delivery
from otklik.exchange.channels.connectors.registry import connector
from otklik.exchange.channels.events import (
    MessageCancelled,
    MessageQueued,
    MessageResent,
    OutboundEvent,
)
from otklik.exchange.channels.models import ChannelAccount, OutboundMessage
from otklik.exchange.channels.queries import account_for, letter_to_answer
from otklik.exchange.channels.rules.splitting import split
from otklik.exchange.channels.rules.threads import marked
from otklik.exchange.channels.vocabulary import (
    TROUBLED_STATES,
    WAITING_STATES,
    ChannelKind,
    OutboundState,
    Purpose,
)
from otklik.records.journal.actions import record

# A message in these has certainly not reached anybody.
AGAIN_STATES = (OutboundState.CANCELLED, OutboundState.FAILED)
EventT = TypeVar("EventT", bound=OutboundEvent)


@transaction.atomic
def queue_message(
    *,
    municipality_id: int,
    actor: Actor,
    channel: str,
    text: str,
    key: str,
    purpose: str = Purpose.ANSWER,
    case_id: int | None = None,
    recipient: str = "",
    subject: str = "",
    html: str = "",
    attachment_ids: Sequence[int] = (),
    reply_to: Sequence[str] = (),
    send_after: datetime | None = None,
    account: ChannelAccount | None = None,
    target: Mapping[str, str] | None = None,
) -> OutboundMessage:
    """Put a message into the outbox in the caller's transaction; the job is part of it.

    A text longer than the channel takes goes in parts, files with the last, which is returned.
    `target` is where exactly: what the connector kept of the message answered. The same `key` again
    changes nothing, unless that message was cancelled or failed: then it is queued anew. Until
    `send_after` it is held and can be undone. A letter in a case answers the case's last letter
    when `reply_to` is not given. The caller's room has checked the person's right. Raises Refused.
    """
    account = account or account_for(municipality_id, channel)
    _check(channel, account, recipient, text)
    now = clock.now()
    due = max(send_after or now, now)
    letter = channel == ChannelKind.EMAIL
    values = {
        "case_id": case_id,
        "channel": channel,
        "account": account,
        "purpose": purpose,
        "recipient": recipient,
        "subject": marked(subject, case_id) if letter else subject,
        "text": text,
        "html": html,
        "attachment_ids": list(attachment_ids),
        "reply_to": list(reply_to) or (letter_to_answer(case_id, recipient) if letter else []),
        "state": OutboundState.HELD if due > now else OutboundState.QUEUED,
        "send_after": due,
        "created_at": now,
        "created_label": actor.label,
        "target": dict(target or {}),
    }
    parts = split(text, connector(channel).capabilities.text_limit)
    return _put_parts(key, municipality_id, values, parts, actor)


def _put_parts(
    key: str, municipality_id: int, values: dict[str, Any], parts: Sequence[str], actor: Actor
) -> OutboundMessage:
    """One row a part; the last one bears the key itself."""
    before: OutboundMessage | None = None
    for number, text in enumerate(parts, start=1):
        last = number == len(parts)
        own = {**values, "text": text, "follows": before}
        if not last:
            own["attachment_ids"] = []
        part_key = key if last else f"{key}#{number}"
        message, fresh = _put(part_key, municipality_id, own)
        if fresh:
            _record(MessageQueued, message, actor)
            defer_delivery(message.pk, message.send_after)
        before = message
    if before is None:
        raise Refused("Сообщение без текста не отправляется.", "Напишите текст.")
    return before


def _put(key: str, municipality_id: int, values: dict[str, Any]) -> tuple[OutboundMessage, bool]:
    """The row of this key, and whether it is to be sent (new, or queued anew)."""
    message, created = OutboundMessage.objects.select_for_update(of=("self",)).get_or_create(
        key=key, municipality_id=municipality_id, defaults=values
    )
    if created:
        return message, True
    if message.state not in AGAIN_STATES:
        return message, False
    _renew(message, values)
    return message, True


@transaction.atomic
def undo(*, access: Access, message_id: int) -> OutboundMessage:
    """Take back a message that has not left; raise Conflict when it is too late."""
    access = access.require_any(Permission.SEND)
    message = locked(access, message_id)
    if not _still_here(message):
        raise Conflict(
            f"Отменить нельзя: сообщение уже в состоянии «{message.get_state_display()}».",
            "Если в ответе ошибка, подготовьте и отправьте исправленный ответ.",
        )
    _cancel(message, access.actor)
    return message


@transaction.atomic
def cancel_waiting(*, municipality_id: int, key: str, actor: Actor) -> bool:
    """Take back the message of this key; False when there is none or it has left already.

    The caller's room has checked the person's right.
    """
    found = OutboundMessage.objects.select_for_update(of=("self",))
    message = found.filter(municipality_id=municipality_id, key=key).first()
    if message is None or not _still_here(message):
        return False
    _cancel(message, actor)
    return True


def _still_here(message: OutboundMessage) -> bool:
    carried = message.state == OutboundState.TO_CARRY and message.exported_at is None
    return carried or (message.state in WAITING_STATES and message.attempts == 0)


def _cancel(message: OutboundMessage, actor: Actor) -> None:
    """The message with the parts before and after it that have not left."""
    parts = [message, *_waiting_before(message), *_waiting_after(message)]
    for part in parts:
        part.state = OutboundState.CANCELLED
        part.save(update_fields=["state"])
        _record(MessageCancelled, part, actor)


def _waiting_before(message: OutboundMessage) -> list[OutboundMessage]:
    found: list[OutboundMessage] = []
    before = message.follows
    while before is not None and _still_here(before):
        found.append(before)
        before = before.follows
    return found


def _waiting_after(message: OutboundMessage) -> list[OutboundMessage]:
    found: list[OutboundMessage] = []
    after = message.followed_by.first()
    while after is not None and _still_here(after):
        found.append(after)
        after = after.followed_by.first()
    return found


@transaction.atomic
def resend(*, access: Access, message_id: int) -> OutboundMessage:
    """Send again by a person's decision what failed or was not confirmed; else Conflict."""
    access = access.require_any(Permission.SEND)
    message = locked(access, message_id)
    if message.state not in TROUBLED_STATES:
        raise Conflict(
            "Повторно отправить можно только то, что не доставлено или не подтверждено, "
            f"а сообщение в состоянии «{message.get_state_display()}»."
        )
    message.state, message.send_after = OutboundState.QUEUED, clock.now()
    message.last_error = ""
    message.save(update_fields=["state", "send_after", "last_error"])
    _record(MessageResent, message, access.actor)
    defer_delivery(message.pk, message.send_after)
    return message


def send_service_letter(
    *, recipient: str, subject: str, text: str, municipality_id: int | None = None
) -> OutboundMessage:
    """A letter of the installation itself (a new password); raise Refused when no mailbox sends."""
    mailboxes = ChannelAccount.objects.filter(kind=ChannelKind.EMAIL, enabled=True)
    if municipality_id is not None:
        mailboxes = mailboxes.filter(municipality_id=municipality_id)
    account = mailboxes.order_by("pk").first()
    if account is None:
        raise _no_mailbox()
    return queue_message(
        municipality_id=account.municipality_id,
        actor=Actor.system(),
        channel=ChannelKind.EMAIL,
        account=account,
        recipient=recipient,
        subject=subject,
        text=text,
        key=f"service:{uuid.uuid4()}",
        purpose=Purpose.SERVICE,
    )


def locked(access: Access, message_id: int) -> OutboundMessage:
    """The row under lock; raise NotFound also when it is another municipality's."""
    found = OutboundMessage.objects.select_for_update().filter(
        pk=message_id, municipality_id=access.municipality_id
    )
    message = found.first()
    if message is None:
        raise NotFound("Такого исходящего сообщения нет.")
    return message


def _renew(message: OutboundMessage, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(message, name, value)
    message.last_error, message.exported_at = "", None
    message.save()


def _check(channel: str, account: ChannelAccount | None, recipient: str, text: str) -> None:
    if not text.strip():
        raise Refused("Сообщение без текста не отправляется.", "Напишите текст.")
    if channel == ChannelKind.EMAIL and account is None:
        raise _no_mailbox()
    if channel == ChannelKind.EMAIL and "@" not in recipient:
        raise Refused(
            "Не указан адрес электронной почты получателя.", "Впишите адрес и отправьте снова."
        )


def _no_mailbox() -> Refused:
    return Refused(
        "У центра нет включённого канала для отправки этого сообщения.",
        "Подключите канал в разделе «Настройка», «Каналы».",
    )


def _record(event: type[EventT], message: OutboundMessage, actor: Actor) -> None:
    record(
        event(
            subject_id=message.pk,
            case_id=message.case_id,
            channel=message.channel,
            purpose=message.purpose,
            recipient=message.recipient,
        ),
        actor=actor,
        municipality_id=message.municipality_id,
    )
