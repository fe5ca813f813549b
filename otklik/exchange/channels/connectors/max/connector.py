"""MAX by a bot: polling or a webhook, comments of a channel, answers, posts, views."""

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
from otklik.exchange.channels.connectors.max import probing, writing
from otklik.exchange.channels.connectors.max.comments import Comments, Seen
from otklik.exchange.channels.connectors.max.reading import event_name, read, unreadable
from otklik.exchange.channels.connectors.max.settings import (
    SECRETS,
    UPDATES,
    MaxSettings,
    hook_secret,
    http_of,
    settings_of,
    token_of,
)
from otklik.exchange.channels.connectors.registry import register
from otklik.exchange.channels.vocabulary import Ability, ChannelKind, Delivery, SendResult
from otklik.exchange.vendors.http import ServiceError
from otklik.exchange.vendors.max.client import TEXT_LIMIT, Max, max_bot

SECRET_HEADER = "x-max-bot-api-secret"  # noqa: S105 - the name of a header
AT_ONCE, MOST_PAGES = 100, 20
MB = 1024 * 1024
UNKNOWN_BOT = "Не указан токен бота. Возьмите его в кабинете MAX для бизнеса."
NO_CHANNEL = "Не указан канал для публикаций: впишите его номер в настройки."
SILENT = "MAX не знает адреса этой установки. Нажмите «Подключить приём событий»."
POLLED_BY_HOOK = (
    "У бота включён вебхук: опрос молча не получает ничего. Нажмите «Подключить приём событий» "
    "или отключите программу, которая пользуется ботом сейчас."
)
_seen = Seen()


@register
class MaxConnector(Connector):
    """Bots are not told of comments: they are asked for at every visit."""

    kind = ChannelKind.MAX
    capabilities = Capabilities(
        delivery=Delivery.AUTOMATIC,
        receives=True,
        files=True,
        text_limit=TEXT_LIMIT,
        post_limit=TEXT_LIMIT,
        caption_limit=TEXT_LIMIT,
        media={"image": 50 * MB, "document": 4096 * MB},
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
                Ability.STATISTICS,
                Ability.HISTORY,
                Ability.DELETIONS,
                Ability.WEBHOOK,
                Ability.POLLING,
            }
        ),
    )
    settings_class = MaxSettings
    secret_fields = SECRETS

    def probe(self, card: AccountCard) -> Probe:
        if not token_of(card):
            finding = Finding("войти с токеном бота", UNKNOWN_BOT, probing.ASK_CABINET)
            return Probe(UNKNOWN_BOT, (finding,))
        try:
            with _bot(card) as bot:
                return probing.probe(bot, card)
        except ServiceError as error:
            return Probe(str(error))

    @contextmanager
    def fetch(self, card: AccountCard, cursor: Mapping[str, Any]) -> Iterator[Batch]:
        if not token_of(card):
            raise ConnectorError(UNKNOWN_BOT)
        try:
            with _bot(card) as bot:
                yield _Visit(bot, card, cursor)
        except ServiceError as error:
            raise ConnectorError(str(error)) from error

    def send(self, card: AccountCard, parcel: Parcel) -> SendOutcome:
        if not token_of(card):
            return SendOutcome(SendResult.REFUSED, UNKNOWN_BOT)

        def act() -> SendOutcome:
            with _bot(card) as bot:
                return writing.send(bot, parcel)

        return writing.told(act)

    def publish(self, card: AccountCard, post: Post) -> SendOutcome:
        channel = settings_of(card).channel
        if not token_of(card) or not channel:
            return SendOutcome(SendResult.REFUSED, UNKNOWN_BOT if channel else NO_CHANNEL)

        def act() -> SendOutcome:
            with _bot(card) as bot:
                return writing.publish(bot, channel, post)

        return writing.told(act)

    def stats(self, card: AccountCard, external_ids: Sequence[str]) -> Sequence[Figures]:
        """Views are all that MAX tells of a post."""
        with _asking(card) as bot:
            posts = bot.messages_by_ids(external_ids) if external_ids else []
        return [
            Figures(each["body"]["mid"], views=(each.get("stat") or {}).get("views"))
            for each in posts
        ]

    def webhook(self, card: AccountCard, request: WebhookRequest) -> WebhookReply:
        shown = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(shown.encode(), hook_secret(card).encode()):
            raise WebhookRefused("Секрет запроса не от этого бота.")
        try:
            return WebhookReply(event_id=event_name(json.loads(request.body)))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise WebhookRefused("Тело запроса — не событие MAX.") from None

    def read_event(self, card: AccountCard, body: bytes) -> Sequence[Incoming]:
        with _asking(card) as bot:
            return read(json.loads(body), bot)

    def connect_webhook(self, card: AccountCard, url: str) -> Probe:
        with _asking(card) as bot:
            bot.subscribe(url, hook_secret(card), UPDATES)
            known = [each["url"] for each in bot.subscriptions()]
        problem = "" if url in known else "MAX не запомнил адрес: повторите."
        return Probe(problem, (Finding("получать события сразу", problem),))

    def token(self, card: AccountCard) -> str:
        return token_of(card)

    def was_sent(self, card: AccountCard, external_id: str) -> bool:
        try:
            with _bot(card) as bot:
                return writing.was_sent(bot, external_id)
        except ServiceError:
            return False

    def find_sent(self, card: AccountCard, parcel: Parcel) -> str:
        try:
            with _bot(card) as bot:
                return writing.find_sent(bot, parcel)
        except ServiceError:
            return ""


@contextmanager
def _bot(card: AccountCard) -> Iterator[Max]:
    with max_bot(token_of(card), http_of(card)) as bot:
        yield bot


@contextmanager
def _asking(card: AccountCard) -> Iterator[Max]:
    try:
        with _bot(card) as bot:
            yield bot
    except ServiceError as error:
        raise ConnectorError(str(error)) from error


class _Visit(Batch):
    """Updates first, then comments. The place is kept when the visit is over: one that broke off
    is made again, and repeats are harmless."""

    def __init__(self, bot: Max, card: AccountCard, cursor: Mapping[str, Any]) -> None:
        self._bot = bot
        self._settings = settings_of(card)
        self._whose = hook_secret(card)
        self._marker: int | None = cursor.get("marker")
        self._comments = Comments(bot, _seen, self._whose, cursor.get("comments", {}))
        self._last: Mapping[str, int] = cursor.get("comments", {})

    def messages(self) -> Iterator[Incoming]:
        try:
            self._check_way()
            if not self._settings.by_webhook:
                yield from self._updates()
            if self._settings.channel and self._settings.watch_posts:
                yield from self._comments.read(self._settings.channel, self._settings.watch_posts)
                self._last = self._comments.last
        except ServiceError as error:
            raise ConnectorError(str(error)) from error

    def confirm(self, taken: Sequence[Incoming]) -> None:
        _seen.keep(self._whose, [each for each in taken if each.post is not None])

    def end(self) -> Mapping[str, Any]:
        return {"marker": self._marker, "comments": dict(self._last)}

    def _check_way(self) -> None:
        """Beside a webhook polling is silent and would look like «пусто»."""
        subscribed = bool(self._bot.subscriptions())
        if self._settings.by_webhook and not subscribed:
            raise ConnectorError(SILENT)
        if subscribed and not self._settings.by_webhook:
            raise ConnectorError(POLLED_BY_HOOK)

    def _updates(self) -> Iterator[Incoming]:
        for _ in range(MOST_PAGES):
            updates, marker = self._bot.updates(self._marker, UPDATES, limit=AT_ONCE)
            for update in updates:
                yield from self._read(update)
            self._marker = marker if marker is not None else self._marker
            if not updates:
                return

    def _read(self, update: Mapping[str, Any]) -> Sequence[Incoming]:
        try:
            return read(update, self._bot)
        except (KeyError, TypeError, ValueError, AttributeError):
            return [unreadable(update, clock.now())]
