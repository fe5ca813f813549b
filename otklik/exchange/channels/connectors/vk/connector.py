"""A community of VK as a channel."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast

from otklik.exchange.channels.connectors.base import (
    AccountCard,
    Batch,
    Capabilities,
    Connector,
    ConnectorError,
    Figures,
    Incoming,
    Parcel,
    Post,
    Probe,
    SendOutcome,
    WebhookRefused,
    WebhookReply,
    WebhookRequest,
)
from otklik.exchange.channels.connectors.registry import register
from otklik.exchange.channels.connectors.vk import probing, reading, writing
from otklik.exchange.channels.connectors.vk.events import confirmation, connect
from otklik.exchange.channels.connectors.vk.history import Visit
from otklik.exchange.channels.connectors.vk.session import Later, Session
from otklik.exchange.channels.connectors.vk.settings import (
    CALLBACK_SECRET,
    COMMUNITY_KEY,
    SECRETS,
    SERVICE_KEY,
    USER_KEY,
    VkSettings,
)
from otklik.exchange.channels.vocabulary import Ability, ChannelKind, Delivery
from otklik.exchange.vendors.http import ServiceError

CAN = frozenset(
    {
        Ability.READ_COMMENTS,
        Ability.READ_DIRECT,
        Ability.REPLY_COMMENT,
        Ability.REPLY_DIRECT,
        Ability.POST,
        Ability.STATISTICS,
        Ability.HISTORY,
        Ability.DELETIONS,
        Ability.WEBHOOK,
        Ability.POLLING,
    }
)


@register
class Vk(Connector):
    kind = ChannelKind.VK
    capabilities = Capabilities(
        delivery=Delivery.AUTOMATIC,
        receives=True,
        files=True,
        text_limit=4000,
        post_limit=15_000,
        abilities=CAN,
        media={"image": 50 * 1024 * 1024},
        files_at_once=10,
        rate=10,
        burst=10,
        repeatable=True,
    )
    settings_class = VkSettings
    secret_fields = SECRETS

    def probe(self, card: AccountCard) -> Probe:
        with Session(card) as session:
            return probing.examine(session, bool(card.secret.get(CALLBACK_SECRET)))

    @contextmanager
    def fetch(self, card: AccountCard, cursor: Mapping[str, Any]) -> Iterator[Batch]:
        with Session(card, patient=False) as session:
            yield Visit(session, cursor)

    def send(self, card: AccountCard, parcel: Parcel) -> SendOutcome:
        with Session(card) as session:
            return writing.answer(session, parcel)

    def webhook(self, card: AccountCard, request: WebhookRequest) -> WebhookReply:
        """VK is asked only when it asks for its own word and the settings do not hold it."""
        event = _event(request.body)
        settings = cast("VkSettings", card.settings)
        if event.get("group_id") != settings.group_id:
            raise WebhookRefused("Событие другого сообщества.")
        secret = card.secret.get(CALLBACK_SECRET, "")
        told = str(event.get("secret", ""))
        confirming = event.get("type") == "confirmation"
        if not (secret and hmac.compare_digest(secret.encode(), told.encode())) and not (
            confirming and not told
        ):
            raise WebhookRefused("Секретный ключ не подошёл.")
        if confirming:
            return WebhookReply(body=confirmation(card))
        digest = hashlib.sha256(request.body).hexdigest()
        return WebhookReply(event_id=str(event.get("event_id") or digest))

    def read_event(self, card: AccountCard, body: bytes) -> Sequence[Incoming]:
        with Session(card) as session:
            try:
                return reading.of_event(session, _event(body), body)
            except Later as error:
                raise ConnectorError(str(error)) from error

    def connect_webhook(self, card: AccountCard, url: str) -> Probe:
        with Session(card) as session:
            return connect(session, url, card.secret.get(CALLBACK_SECRET, ""))

    def publish(self, card: AccountCard, post: Post) -> SendOutcome:
        with Session(card) as session:
            return writing.publish(session, post)

    def stats(self, card: AccountCard, external_ids: Sequence[str]) -> Sequence[Figures]:
        with Session(card) as session:
            try:
                return writing.figures(session, external_ids)
            except ServiceError as error:
                raise ConnectorError(str(error)) from error

    def token(self, card: AccountCard) -> str:
        names = (COMMUNITY_KEY, SERVICE_KEY, USER_KEY)
        return next((card.secret[each] for each in names if card.secret.get(each)), "")

    def find_sent(self, card: AccountCard, parcel: Parcel) -> str:
        with Session(card) as session:
            return writing.find(session, parcel)


def _event(body: bytes) -> dict[str, Any]:
    try:
        event = json.loads(body)
    except ValueError:
        raise WebhookRefused("Тело события — не JSON.") from None
    if not isinstance(event, dict):
        raise WebhookRefused("Тело события — не объект.")
    return event
