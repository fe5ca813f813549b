"""Reading the exchange: inbox, outbox, state of channels, threads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet

from otklik.base.errors import NotFound, OtklikError
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels.models import (
    ChannelAccount,
    DeliveryAttempt,
    InboundKey,
    InboundMessage,
    OutboundMessage,
)
from otklik.exchange.channels.queries.health import healths
from otklik.exchange.channels.rules.health import Health
from otklik.exchange.channels.rules.sealing import unseal
from otklik.exchange.channels.rules.threads import case_in
from otklik.exchange.channels.vocabulary import (
    TROUBLED_STATES,
    ChannelKind,
    Disposition,
    OutboundState,
    Purpose,
)


@dataclass(frozen=True)
class ChannelState:
    """One line of the page of channels; `recent` counts messages of the last `days`."""

    account: ChannelAccount
    health: Health
    recent: int
    last_received_at: datetime | None
    unprocessed: int
    unreadable: int
    to_carry: int
    troubled: int


def accounts(access: Access) -> QuerySet[ChannelAccount]:
    """Channels of the municipality, switched off ones too."""
    return ChannelAccount.objects.filter(municipality_id=access.municipality_id)


def account_of(access: Access, account_id: int) -> ChannelAccount:
    """A channel of this municipality; raise NotFound for all others."""
    found = accounts(access).filter(pk=account_id).first()
    if found is None:
        raise NotFound("Такого канала нет.", "Вернитесь к списку каналов.")
    return found


def account_for(municipality_id: int, kind: str) -> ChannelAccount | None:
    """The enabled account through which the centre writes in this channel."""
    found = ChannelAccount.objects.filter(municipality_id=municipality_id, kind=kind, enabled=True)
    return found.order_by("pk").first()


def installation_key() -> str:
    return str(settings.SECRET_KEY)


def secret_of(account: ChannelAccount) -> dict[str, str]:
    """The opened secret; raise OtklikError when it was sealed under another key."""
    return unseal(account.secret, installation_key())


def visible_to(access: Access) -> QuerySet[OutboundMessage]:
    """Messages of the outbox that the person may see."""
    found = OutboundMessage.objects.filter(municipality_id=access.municipality_id)
    return found.filter(in_reach(access, Permission.SEND))


def in_reach(access: Access, permission: Permission) -> Q:
    """Rows of the channels in which the right covers the whole municipality."""
    reach = access.reach(permission)
    if reach.everywhere:
        return Q()
    return Q(channel__in=[name for name, inner in reach.by_channel.items() if inner.everywhere])


def inbox(access: Access) -> QuerySet[InboundMessage]:
    """What came, newest first; the raw bytes are left where they are."""
    found = InboundMessage.objects.filter(
        in_reach(access, Permission.REGISTER), municipality_id=access.municipality_id
    )
    return found.defer("raw").order_by("-received_at", "-id")


def to_carry(access: Access, channel: str = "") -> QuerySet[OutboundMessage]:
    """Answers ready but not yet placed in their channel, oldest first (dedovichi:13.5)."""
    found = visible_to(access).filter(state=OutboundState.TO_CARRY).order_by("created_at", "pk")
    return found.filter(channel=channel) if channel else found


def troubled(access: Access) -> QuerySet[OutboundMessage]:
    """Messages that failed or whose delivery nobody confirmed, newest first."""
    return visible_to(access).filter(state__in=TROUBLED_STATES).order_by("-created_at", "-pk")


def sent_of_case(case_id: int, municipality_id: int) -> QuerySet[OutboundMessage]:
    """Messages of ours in one case, oldest first; the caller has checked the case."""
    return OutboundMessage.objects.filter(
        case_id=case_id, municipality_id=municipality_id
    ).order_by("created_at", "pk")


def received_of_case(case_id: int, municipality_id: int) -> QuerySet[InboundMessage]:
    """What came in one case, oldest first; the caller has checked the case."""
    found = InboundMessage.objects.filter(case_id=case_id, municipality_id=municipality_id)
    return found.defer("raw").order_by("received_at", "id")


def attempts_of(message_id: int) -> QuerySet[DeliveryAttempt]:
    return DeliveryAttempt.objects.filter(message_id=message_id)


def inbound(message_id: int) -> InboundMessage:
    """One inbound message with its raw bytes; raise NotFound."""
    found = InboundMessage.objects.filter(pk=message_id).first()
    if found is None:
        raise NotFound("Такого входящего сообщения нет.")
    return found


def last_revision(account: ChannelAccount, external_id: str) -> InboundMessage | None:
    """The message with this number in the channel as it stands now, without its raw bytes."""
    keys = InboundKey.objects.filter(account=account, external_id=external_id)
    key = keys.filter(message_id__isnull=False).order_by("pk").first()
    if key is None or key.message_id is None or key.received_at is None:
        return None
    found = InboundMessage.objects.defer("raw")
    return found.get(pk=key.message_id, received_at=key.received_at)


def case_of_thread(
    account: ChannelAccount, *, thread_ids: Sequence[str], subject: str, sender: str
) -> int | None:
    """The case that a message continues: by what it answers, else by the mark in its subject.

    A mark is believed only from someone to whom this case has already written.
    """
    if thread_ids:
        ours = OutboundMessage.objects.filter(
            municipality_id=account.municipality_id,
            external_id__in=thread_ids,
            case_id__isnull=False,
        )
        case_id = ours.order_by("-pk").values_list("case_id", flat=True).first()
        if case_id is not None:
            return case_id
        keys = InboundKey.objects.filter(account=account, external_id__in=thread_ids)
        theirs = InboundMessage.objects.filter(
            pk__in=list(keys.values_list("message_id", flat=True)), case_id__isnull=False
        )
        case_id = theirs.order_by("-pk").values_list("case_id", flat=True).first()
        if case_id is not None:
            return case_id
    marked = case_in(subject)
    if marked is None or not sender:
        return None
    known = OutboundMessage.objects.filter(
        municipality_id=account.municipality_id, case_id=marked, recipient__iexact=sender
    )
    return marked if known.exists() else None


def task_answered(
    municipality_id: int, thread_ids: Sequence[str], *, subject: str, sender: str
) -> OutboundMessage | None:
    """The task of ours that a letter answers: by what it answers, else by the mark in its subject.

    A mark is believed only from the one to whom the last task of that case went.
    """
    tasks = OutboundMessage.objects.filter(
        municipality_id=municipality_id, purpose=Purpose.TASK, case_id__isnull=False
    ).order_by("-pk")
    if thread_ids:
        found = tasks.filter(external_id__in=thread_ids).first()
        if found is not None:
            return found
    marked = case_in(subject)
    if marked is None or not sender:
        return None
    return tasks.filter(case_id=marked, recipient__iexact=sender).first()


def letter_to_answer(case_id: int | None, recipient: str) -> list[str]:
    """Message-IDs that a letter in this case answers, nearest first: the person's last letter."""
    if case_id is None or not recipient:
        return []
    letters = InboundMessage.objects.filter(
        case_id=case_id, channel=ChannelKind.EMAIL, sender__iexact=recipient
    )
    last = letters.order_by("-received_at", "-id").values_list("external_id", "details").first()
    return [last[0], *last[1].get("thread_ids", [])][:20] if last else []


def channel_states(access: Access, now: datetime, days: int = 7) -> list[ChannelState]:
    """State, volume and unprocessed items of every channel (novoduginsky:2.3.3); five queries.

    Whoever controls single channels only is told of these.
    """
    shown = accounts(access)
    if not access.may(Permission.SET_UP):
        access = access.require_any(Permission.CONTROL)
        reach = access.reach(Permission.CONTROL)
        if not reach.plain:
            shown = shown.filter(kind__in=list(reach.by_channel))
    received: Mapping[int, Mapping[str, Any]] = {
        row["account_id"]: row
        for row in InboundMessage.objects.filter(
            municipality_id=access.municipality_id, received_at__gt=now - timedelta(days=days)
        )
        .values("account_id")
        .annotate(
            recent=Count("id"),
            last=Max("received_at"),
            unprocessed=Count(
                "id", filter=Q(disposition=Disposition.ACCEPTED, case_id__isnull=True)
            ),
            unreadable=Count("id", filter=Q(disposition=Disposition.UNREADABLE)),
        )
    }
    sending: Mapping[str, Mapping[str, Any]] = {
        row["channel"]: row
        for row in OutboundMessage.objects.filter(
            municipality_id=access.municipality_id,
            state__in=[OutboundState.TO_CARRY, *TROUBLED_STATES],
        )
        .values("channel")
        .annotate(
            carry=Count("id", filter=Q(state=OutboundState.TO_CARRY)),
            bad=Count("id", filter=Q(state__in=TROUBLED_STATES)),
        )
    }
    rows = list(shown)
    told = healths(rows, now)
    return [_state(account, told[account.pk], received, sending) for account in rows]


def _state(
    account: ChannelAccount,
    health: Health,
    received: Mapping[int, Mapping[str, Any]],
    sending: Mapping[str, Mapping[str, Any]],
) -> ChannelState:
    came = received.get(account.pk, {})
    went = sending.get(account.kind, {})
    return ChannelState(
        account=account,
        health=health,
        recent=came.get("recent", 0),
        last_received_at=came.get("last"),
        unprocessed=came.get("unprocessed", 0),
        unreadable=came.get("unreadable", 0),
        to_carry=went.get("carry", 0),
        troubled=went.get("bad", 0),
    )


def sealed_secrets(municipality_id: int, key: str) -> tuple[int, int]:
    """Passwords of the centre's channels, and those that this key does not open; one query."""
    kept = ChannelAccount.objects.filter(municipality_id=municipality_id).exclude(secret="")
    found = [_opens(secret, key) for secret in kept.values_list("secret", flat=True)]
    return len(found), found.count(False)


def _opens(secret: str, key: str) -> bool:
    try:
        unseal(secret, key)
    except OtklikError:
        return False
    return True
