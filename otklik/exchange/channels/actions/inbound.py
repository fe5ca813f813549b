"""Taking what came: once, whole, and unchanged."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.base.errors import Conflict, Refused
from otklik.exchange.channels.connectors.base import NewFile
from otklik.exchange.channels.events import MessageReceived, MessageRemoved, MessageRevised
from otklik.exchange.channels.models import ChannelAccount, InboundKey, InboundMessage
from otklik.exchange.channels.vocabulary import Disposition
from otklik.records.attachments.actions import store
from otklik.records.journal.actions import record

SUBJECT = "inbound_message"


@transaction.atomic
def accept_message(
    *,
    account: ChannelAccount,
    external_id: str,
    kind: str,
    received_at: datetime,
    raw: bytes,
    text: str,
    sender: str = "",
    sender_name: str = "",
    addressee: str = "",
    subject: str = "",
    quoted: str = "",
    thread_key: str = "",
    attachments: Sequence[NewFile] = (),
    details: Mapping[str, Any] | None = None,
    disposition: Disposition = Disposition.ACCEPTED,
    reason: str = "",
    version: int = 0,
) -> tuple[InboundMessage, bool]:
    """Store a message; (message, whether it is new). A repeat changes nothing.

    The same external id with another text is a revision, which names the one before in
    `details["revises"]`; one whose `version` is below the newest known is OLDER. Whatever is
    ACCEPTED wakes intake. Files that cannot be kept are named in `file_problems`.
    """
    digest = _digest(subject, text, attachments)
    key = _key(account, kind, external_id)
    earlier = _earlier(key)
    if earlier is not None and _is_repeat(account, key, digest, text, version):
        return earlier, False
    older = earlier is not None and version < key.version
    told = {"sender": sender, "sender_name": sender_name, "addressee": addressee}
    message = InboundMessage.objects.create(
        **_origin(account, key, earlier),
        **told,
        received_at=received_at,
        subject=subject,
        text=text,
        quoted=quoted,
        thread_key=thread_key,
        details={**(details or {}), **({"revises": earlier.pk} if earlier else {})},
        raw=zlib.compress(raw),
        disposition=Disposition.OLDER if older else disposition,
        reason=reason[:500],
    )
    _keep_files(message, attachments)
    if not older:
        _settle(key, message, digest, version)
    return message, True


def _is_repeat(
    account: ChannelAccount, key: InboundKey, digest: str, text: str, version: int
) -> bool:
    """Whether this very text of the message is known, as the newest or as an older one."""
    if key.digest != digest:
        return version < key.version and _kept_already(account, key, text)
    if version > key.version:
        key.version = version
        key.save(update_fields=["version"])
    return True


@transaction.atomic
def note_removed(*, account: ChannelAccount, external_id: str, kind: str, at: datetime) -> bool:
    """The author took a message away, known to us or still on its way; whether this is news."""
    key = _key(account, kind, external_id)
    if key.deleted_at is not None:
        return False
    key.deleted_at = at
    key.save(update_fields=["deleted_at"])
    message = _earlier(key)
    if message is not None and message.disposition == Disposition.ACCEPTED:
        _tell_removed(message)
    return True


def _tell_removed(message: InboundMessage) -> None:
    record(
        MessageRemoved(subject_id=message.pk, case_id=message.case_id, channel=message.channel),
        actor=Actor.system("Приём сообщений"),
        municipality_id=message.municipality_id,
    )


def _kept_already(account: ChannelAccount, key: InboundKey, text: str) -> bool:
    """Whether this older text of the message is stored."""
    known = InboundMessage.objects.filter(
        account_id=account.pk, kind=key.kind, external_id=key.external_id, text=text
    )
    return known.exists()


def _origin(
    account: ChannelAccount, key: InboundKey, earlier: InboundMessage | None
) -> dict[str, Any]:
    """By which channel, under which number there, and as which revision it came."""
    return {
        "taken_at": clock.now(),
        "municipality_id": account.municipality_id,
        "account_id": account.pk,
        "channel": account.kind,
        "kind": key.kind,
        "external_id": key.external_id,
        "revision": key.revision + 1,
        "case_id": earlier.case_id if earlier else None,
    }


def _key(account: ChannelAccount, kind: str, external_id: str) -> InboundKey:
    key, _ = InboundKey.objects.select_for_update().get_or_create(
        account=account, kind=kind, external_id=external_id, defaults={"digest": ""}
    )
    return key


def _settle(key: InboundKey, message: InboundMessage, digest: str, version: int) -> None:
    """The key leads to this revision; an accepted one wakes intake."""
    key.message_id, key.received_at = message.pk, message.received_at
    key.revision, key.digest = message.revision, digest
    key.version = max(version, key.version)
    key.save()
    if message.disposition == Disposition.ACCEPTED:
        _announce(message)
    if key.deleted_at is not None and message.revision == 1:
        _tell_removed(message)


def hold(message: InboundMessage) -> InboundMessage:
    """The message as it stands, while no other transaction takes it or a revision of it."""
    InboundKey.objects.select_for_update().get(
        account_id=message.account_id, kind=message.kind, external_id=message.external_id
    )
    return InboundMessage.objects.get(pk=message.pk, received_at=message.received_at)


@transaction.atomic
def link_case(*, message_id: int, case_id: int) -> None:
    """Say which case a message belongs to; raise Conflict when it belongs to another one."""
    message = InboundMessage.objects.select_for_update().get(pk=message_id)
    if message.case_id not in (None, case_id):
        raise Conflict("Сообщение уже относится к другому обращению.")
    message.case_id = case_id
    message.save(update_fields=["case_id"])


def _digest(subject: str, text: str, files: Sequence[NewFile]) -> str:
    digest = hashlib.sha256(f"{subject}\0{text}".encode())
    for file in files:
        digest.update(f"\0{file.name}\0".encode() + hashlib.sha256(file.content).digest())
    return digest.hexdigest()


def _earlier(key: InboundKey) -> InboundMessage | None:
    """The last revision known; the time leads to its partition."""
    if key.message_id is None or key.received_at is None:
        return None
    return InboundMessage.objects.get(pk=key.message_id, received_at=key.received_at)


def _keep_files(message: InboundMessage, files: Sequence[NewFile]) -> None:
    problems = []
    for file in files:
        try:
            store(
                municipality_id=message.municipality_id,
                file_name=file.name,
                content=file.content,
                subject=SUBJECT,
                subject_id=message.pk,
                from_citizen=True,
            )
        except Refused as error:
            problems.append({"name": file.name, "problem": str(error)})
    if problems:
        message.file_problems = problems
        message.save(update_fields=["file_problems"])


def _announce(message: InboundMessage) -> None:
    event: MessageReceived
    if message.revision > 1:
        event = MessageRevised(
            subject_id=message.pk,
            case_id=message.case_id,
            channel=message.channel,
            account_id=message.account_id,
            revision=message.revision,
        )
    else:
        event = MessageReceived(
            subject_id=message.pk,
            channel=message.channel,
            account_id=message.account_id,
            in_parts=bool(message.details.get("album")),
        )
    actor = Actor.system("Приём сообщений")
    record(event, actor=actor, municipality_id=message.municipality_id)
