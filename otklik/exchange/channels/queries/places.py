"""Where a case came from in its channel, and so where its answer goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from otklik.exchange.channels.connectors.registry import connector
from otklik.exchange.channels.models import (
    ChannelAccount,
    InboundKey,
    InboundMessage,
    OutboundMessage,
)
from otklik.exchange.channels.vocabulary import Delivery, Disposition, InboundKind

# What is answered right where it stands.
THERE = (InboundKind.COMMENT, InboundKind.DIRECT)
ALBUM_SPAN = timedelta(hours=1)


@dataclass(frozen=True)
class AnswerPlace:
    """The citizen's message to be answered. `public`: everybody will read the answer;
    `by_itself`: the program sends it there, nobody carries it."""

    channel: str
    by_itself: bool
    account: ChannelAccount | None
    external_id: str
    sender: str
    target: Mapping[str, str]
    public: bool


def answer_place(case_id: int) -> AnswerPlace | None:
    """The last message of the case that its author has not taken away; the first one when all are
    gone. None for letters, which have an address, and for cases that did not come by a message;
    three queries."""
    found = InboundMessage.objects.filter(
        case_id=case_id, disposition=Disposition.ACCEPTED, kind__in=THERE
    )
    messages = list(found.defer("raw", "text", "quoted").order_by("-received_at", "-id")[:50])
    if not messages:
        return None
    gone = removed_of(messages)
    chosen = next((each for each in messages if _key(each) not in gone), messages[-1])
    account = ChannelAccount.objects.filter(pk=chosen.account_id, enabled=True).first()
    able = connector(chosen.channel).capabilities
    return AnswerPlace(
        channel=chosen.channel,
        by_itself=able.delivery == Delivery.AUTOMATIC,
        account=account,
        external_id=chosen.external_id,
        sender=chosen.sender,
        target=chosen.details.get("answer_to", {}),
        public=chosen.kind == InboundKind.COMMENT,
    )


def removed_of(messages: list[InboundMessage]) -> dict[tuple[int, str, str], datetime]:
    """Which of these their authors took away in the channel, and when; one query."""
    keys = InboundKey.objects.filter(
        account_id__in={each.account_id for each in messages},
        external_id__in={each.external_id for each in messages},
        deleted_at__isnull=False,
    )
    return {
        (key.account_id, key.kind, key.external_id): key.deleted_at
        for key in keys
        if key.deleted_at is not None
    }


def _key(message: InboundMessage) -> tuple[int, str, str]:
    return message.account_id, message.kind, message.external_id


def case_of_social_thread(message: InboundMessage) -> int | None:
    """The case that a comment or message continues: its own album, its author's earlier words in
    the same thread, or our answer to this author."""
    return _by_album(message) or _by_thread(message) or _by_overtaking(message)


def _by_album(message: InboundMessage) -> int | None:
    album = message.details.get("album")
    if not album:
        return None
    return (
        album_of(message)
        .filter(case_id__isnull=False)
        .order_by("id")
        .values_list("case_id", flat=True)
        .first()
    )


def album_of(message: InboundMessage) -> QuerySet[InboundMessage]:
    """All parts known of the album this message belongs to."""
    return InboundMessage.objects.filter(
        account_id=message.account_id,
        details__album=message.details.get("album", ""),
        received_at__range=(message.received_at - ALBUM_SPAN, message.received_at + ALBUM_SPAN),
    )


def _by_thread(message: InboundMessage) -> int | None:
    ids = list(message.details.get("thread_ids", []))
    if not ids:
        return None
    keys = InboundKey.objects.filter(account_id=message.account_id, external_id__in=ids)
    theirs = InboundMessage.objects.filter(
        pk__in=list(keys.values_list("message_id", flat=True)),
        sender=message.sender,
        case_id__isnull=False,
    )
    case_id = theirs.order_by("-pk").values_list("case_id", flat=True).first()
    if case_id is not None:
        return case_id
    ours = OutboundMessage.objects.filter(
        municipality_id=message.municipality_id,
        account_id=message.account_id,
        external_id__in=ids,
        recipient=message.sender,
        case_id__isnull=False,
    )
    return ours.order_by("-pk").values_list("case_id", flat=True).first()


def _by_overtaking(message: InboundMessage) -> int | None:
    """An answer of the same author to this very message may have come before it."""
    overtook = InboundMessage.objects.filter(
        account_id=message.account_id,
        sender=message.sender,
        details__thread_ids__contains=[message.external_id],
        case_id__isnull=False,
    )
    return overtook.order_by("id").values_list("case_id", flat=True).first()


def last_case_of_dialogue(message: InboundMessage) -> int | None:
    """The case of the last direct message of the same person by the same account, also of one
    that was written later but came before."""
    others = InboundMessage.objects.filter(
        account_id=message.account_id,
        sender=message.sender,
        kind=InboundKind.DIRECT,
        case_id__isnull=False,
    ).exclude(pk=message.pk)
    return others.order_by("-received_at", "-id").values_list("case_id", flat=True).first()


def last_part(message: OutboundMessage) -> OutboundMessage:
    """The last part of an answer that goes in several; a message alone is its own."""
    while (after := message.followed_by.first()) is not None:
        message = after
    return message
