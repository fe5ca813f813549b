"""Telegram by a bot: polling or a webhook, answers where the citizen wrote, posts of a channel."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from otklik.base import clock
from otklik.exchange.channels.connectors.base import (
    AccountCard,
    Batch,
    Capabilities,
    Connector,
    ConnectorError,
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
from otklik.exchange.channels.connectors.registry import register
from otklik.exchange.channels.connectors.telegram import probing, writing
from otklik.exchange.channels.connectors.telegram.reading import Reader, unreadable, update_id
from otklik.exchange.channels.connectors.telegram.settings import (
    SECRETS,
    UPDATES,
    TelegramSettings,
    bot_id,
    hook_secret,
    http_of,
    settings_of,
    token_of,
)
from otklik.exchange.channels.vocabulary import Ability, ChannelKind, Delivery, SendResult
from otklik.exchange.vendors.http import ServiceError
from otklik.exchange.vendors.telegram.client import CAPTION_LIMIT, Telegram, telegram
from otklik.exchange.vendors.telegram.errors import TakenByAnother

SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - the name of a header
AT_ONCE = 100
MB = 1024 * 1024
# Telegram counts 4096 units of UTF-16: a rare sign is two of them.
TEXT_LIMIT = 4000
UNKNOWN_BOT = "Не указан токен бота. Получите его у @BotFather и впишите в настройки канала."
NO_CHANNEL = "Не указан канал для публикаций: впишите его в настройки."
UNDELIVERED = "Telegram не может доставить события: {}. Проверьте адрес установки и сертификат."
POLLED_BY_HOOK = (
    "У бота включён вебхук, поэтому опрос ничего не получает. Нажмите «Подключить приём событий» "
    "или отключите программу, которая пользуется ботом сейчас. ({})"
)


@register
class TelegramConnector(Connector):
    """The Bot API tells no views and no history, and nothing when a citizen deletes his words."""

    kind = ChannelKind.TELEGRAM
    capabilities = Capabilities(
        delivery=Delivery.AUTOMATIC,
        receives=True,
        files=True,
        text_limit=TEXT_LIMIT,
        post_limit=TEXT_LIMIT,
        caption_limit=CAPTION_LIMIT,
        media={"image": 10 * MB, "document": 50 * MB},
        files_at_once=10,
        rate=20,
        burst=20,
        abilities=frozenset(
            {
                Ability.READ_COMMENTS,
                Ability.READ_DIRECT,
                Ability.REPLY_COMMENT,
                Ability.REPLY_DIRECT,
                Ability.POST,
                Ability.WEBHOOK,
                Ability.POLLING,
            }
        ),
    )
    settings_class = TelegramSettings
    secret_fields = SECRETS

    def probe(self, card: AccountCard) -> Probe:
        if not bot_id(card):
            return Probe(
                UNKNOWN_BOT, (Finding("войти с токеном бота", UNKNOWN_BOT, probing.ASK_BOTFATHER),)
            )
        try:
            with _bot(card) as bot:
                return probing.probe(bot, card)
        except ServiceError as error:
            return Probe(str(error))

    @contextmanager
    def fetch(self, card: AccountCard, cursor: Mapping[str, Any]) -> Iterator[Batch]:
        if not bot_id(card):
            raise ConnectorError(UNKNOWN_BOT)
        try:
            with _bot(card) as bot:
                if settings_of(card).by_webhook:
                    _look_after_hook(bot)
                    yield _Nothing()
                else:
                    yield _Updates(bot, _reader(card, bot), cursor.get("offset"))
        except ServiceError as error:
            raise ConnectorError(str(error)) from error

    def send(self, card: AccountCard, parcel: Parcel) -> SendOutcome:
        if not bot_id(card):
            return SendOutcome(SendResult.REFUSED, UNKNOWN_BOT)

        def act() -> SendOutcome:
            with _bot(card) as bot:
                return writing.send(bot, parcel)

        return writing.told(act)

    def publish(self, card: AccountCard, post: Post) -> SendOutcome:
        channel = settings_of(card).channel
        if not bot_id(card) or not channel:
            return SendOutcome(SendResult.REFUSED, UNKNOWN_BOT if channel else NO_CHANNEL)

        def act() -> SendOutcome:
            with _bot(card) as bot:
                return writing.publish(bot, channel, post)

        return writing.told(act)

    def webhook(self, card: AccountCard, request: WebhookRequest) -> WebhookReply:
        shown = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(shown.encode(), hook_secret(card).encode()):
            raise WebhookRefused("Секрет запроса не от этого бота.")
        try:
            number = update_id(json.loads(request.body))
        except (ValueError, KeyError, TypeError):
            raise WebhookRefused("Тело запроса — не обновление Telegram.") from None
        return WebhookReply(event_id=str(number))

    def read_event(self, card: AccountCard, body: bytes) -> Sequence[Incoming]:
        try:
            with _bot(card) as bot:
                read = _reader(card, bot).read(json.loads(body), {})
        except ServiceError as error:
            raise ConnectorError(str(error)) from error
        return [read] if read else []

    def connect_webhook(self, card: AccountCard, url: str) -> Probe:
        try:
            with _bot(card) as bot:
                bot.set_webhook(url, hook_secret(card), UPDATES)
                known = bot.get_webhook_info().get("url") == url
        except ServiceError as error:
            raise ConnectorError(str(error)) from error
        problem = "" if known else "Telegram не запомнил адрес: повторите."
        return Probe(problem, (Finding("получать события сразу", problem),))

    def token(self, card: AccountCard) -> str:
        return token_of(card)


@contextmanager
def _bot(card: AccountCard) -> Iterator[Telegram]:
    with telegram(token_of(card), http_of(card)) as bot:
        yield bot


def _reader(card: AccountCard, bot: Telegram) -> Reader:
    return Reader(bot_id(card), bot, only_comments=settings_of(card).groups == "comments")


def _look_after_hook(bot: Telegram) -> None:
    """Events come by themselves; here only whether they really can."""
    info = bot.get_webhook_info()
    problem = probing.undelivered_now(info, clock.now())
    if not info.get("url"):
        problem = "адрес этой установки у бота не записан, нажмите «Подключить приём событий»"
    if problem:
        raise ConnectorError(UNDELIVERED.format(problem))


class _Nothing(Batch):
    def messages(self) -> Iterator[Incoming]:
        return iter(())


class _Updates(Batch):
    """The offset confirms what is before it, so it is moved only with what is stored."""

    def __init__(self, bot: Telegram, reader: Reader, offset: Any) -> None:
        self._bot = bot
        self._reader = reader
        self._offset = int(offset) if offset is not None else None

    def messages(self) -> Iterator[Incoming]:
        while True:
            try:
                updates = self._bot.get_updates(self._offset, UPDATES, limit=AT_ONCE)
            except TakenByAnother as error:
                raise ConnectorError(POLLED_BY_HOOK.format(error.description)) from error
            except ServiceError as error:
                raise ConnectorError(str(error)) from error
            for update in updates:
                following = update_id(update) + 1
                read = self._read(update, {"offset": following})
                if read is not None:
                    yield read
                self._offset = following
            if len(updates) < AT_ONCE:
                return

    def end(self) -> Mapping[str, Any]:
        return {} if self._offset is None else {"offset": self._offset}

    def _read(self, update: Mapping[str, Any], cursor: Mapping[str, int]) -> Incoming | None:
        try:
            return self._reader.read(update, cursor)
        except (KeyError, TypeError, ValueError, AttributeError):
            return unreadable(update, cursor, clock.now())
