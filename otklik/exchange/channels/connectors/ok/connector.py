"""A group of Odnoklassniki as a channel."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from otklik.exchange.channels.connectors.base import (
    AccountCard,
    Batch,
    Capabilities,
    Connector,
    ConnectorError,
    Figures,
    Finding,
    Incoming,
    Parcel,
    Post,
    Probe,
    SendOutcome,
    WebhookRefused,
    WebhookReply,
    WebhookRequest,
)
from otklik.exchange.channels.connectors.ok import probing, reading, writing
from otklik.exchange.channels.connectors.ok.session import Later, Session
from otklik.exchange.channels.connectors.ok.settings import (
    ACCESS_TOKEN,
    BOT_TOKEN,
    SECRETS,
    OkSettings,
)
from otklik.exchange.channels.connectors.ok.visiting import Visit
from otklik.exchange.channels.connectors.registry import register
from otklik.exchange.channels.vocabulary import Ability, ChannelKind, Delivery
from otklik.exchange.vendors.http import ServiceError

NEW_MESSAGE = "MESSAGE_CREATED"


@register
class Ok(Connector):
    """Comments are read by visits and answered by hand: OK confirms no method to write them."""

    kind = ChannelKind.OK
    capabilities = Capabilities(
        delivery=Delivery.AUTOMATIC,
        receives=True,
        text_limit=4000,
        post_limit=10_000,
        abilities=frozenset(
            {
                Ability.READ_COMMENTS,
                Ability.READ_DIRECT,
                Ability.REPLY_DIRECT,
                Ability.POST,
                Ability.STATISTICS,
                Ability.HISTORY,
                Ability.WEBHOOK,
                Ability.POLLING,
            }
        ),
        media={"image": 10 * 1024 * 1024},
        files_at_once=10,
        rate=3,
        burst=3,
    )
    settings_class = OkSettings
    secret_fields = SECRETS

    def probe(self, card: AccountCard) -> Probe:
        with Session(card) as session:
            return probing.examine(session)

    @contextmanager
    def fetch(self, card: AccountCard, cursor: Mapping[str, Any]) -> Iterator[Batch]:
        with Session(card, patient=False) as session:
            yield Visit(session, cursor)

    def send(self, card: AccountCard, parcel: Parcel) -> SendOutcome:
        with Session(card) as session:
            return writing.answer(session, parcel)

    def webhook(self, card: AccountCard, request: WebhookRequest) -> WebhookReply:
        """OK signs nothing: the secret is the address itself, which the caller has checked."""
        event = _event(request.body)
        message = event.get("message")
        number = message.get("mid") if isinstance(message, dict) else ""
        digest = hashlib.sha256(request.body).hexdigest()
        return WebhookReply(event_id=str(number or digest))

    def read_event(self, card: AccountCard, body: bytes) -> Sequence[Incoming]:
        event = _event(body)
        if event.get("webhookType", NEW_MESSAGE) != NEW_MESSAGE or "message" not in event:
            return ()
        with Session(card) as session:
            try:
                return (reading.direct(session, event, body),)
            except Later as error:
                raise ConnectorError(str(error)) from error

    def connect_webhook(self, card: AccountCard, url: str) -> Probe:
        with Session(card) as session:
            if session.bot is None:
                raise ConnectorError(writing.NO_BOT)
            try:
                session.bot.subscribe(url)
            except ServiceError as error:
                raise ConnectorError(str(error)) from error
        return Probe(findings=(Finding("получать сообщения по адресу этого сервера"),))

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
        return card.secret.get(ACCESS_TOKEN, "") or card.secret.get(BOT_TOKEN, "")

    def find_sent(self, card: AccountCard, parcel: Parcel) -> str:
        with Session(card) as session:
            return writing.find(session, parcel)


def _event(body: bytes) -> dict[str, Any]:
    try:
        event = json.loads(body)
    except ValueError:
        raise WebhookRefused("Тело события — не JSON.") from None
    if not isinstance(event, dict) or "sender" not in event or "recipient" not in event:
        raise WebhookRefused("Это не событие Одноклассников.")
    return event
