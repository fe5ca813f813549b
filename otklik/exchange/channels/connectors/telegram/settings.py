"""Settings of a bot."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Literal, cast

from pydantic import Field

from otklik.exchange.channels.connectors.base import AccountCard
from otklik.exchange.channels.connectors.social import SocialSettings
from otklik.exchange.vendors.http import HttpSettings
from otklik.exchange.vendors.telegram.client import BASE_URL

TOKEN, PROXY = "token", "proxy"  # names of fields
SECRETS: Mapping[str, str] = {
    TOKEN: "Токен бота от @BotFather",
    PROXY: "Прокси, если Telegram доступен только через него (http://имя:пароль@адрес:порт)",
}
# What the bot asks to be told; everything else is not sent to us at all.
UPDATES = ("message", "edited_message", "channel_post", "edited_channel_post")


class TelegramSettings(SocialSettings):
    """One bot with at most one channel of its own."""

    channel: str = Field(
        default="",
        pattern=r"^(@[A-Za-z]\w{3,31}|-100\d+)?$",
        title="Канал: @имя или номер, который начинается с -100",
    )
    groups: Literal["all", "comments"] = Field(default="all", title="Из групп принимать")
    api_url: str = Field(default=BASE_URL, pattern=r"^https?://", title="Адрес Bot API")
    timeout: float = Field(default=20, gt=0, le=120, title="Сколько ждать ответа, секунд")


def settings_of(card: AccountCard) -> TelegramSettings:
    return cast("TelegramSettings", card.settings)


def token_of(card: AccountCard) -> str:
    return card.secret.get(TOKEN, "").strip()


def bot_id(card: AccountCard) -> int:
    """The bot's own number is the beginning of its token; 0 when the token is none."""
    head = token_of(card).partition(":")[0]
    return int(head) if head.isdigit() else 0


def hook_secret(card: AccountCard) -> str:
    """What Telegram must show with every event: made of the token, so it is kept nowhere."""
    return hmac.new(token_of(card).encode(), b"otklik webhook", hashlib.sha256).hexdigest()


def http_of(card: AccountCard) -> HttpSettings:
    settings = settings_of(card)
    return HttpSettings(
        settings.api_url,
        connect_timeout=min(10, settings.timeout),
        read_timeout=settings.timeout,
        proxy=card.secret.get(PROXY, "").strip(),
    )
