"""Settings of a bot."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import cast

from pydantic import Field

from otklik.exchange.channels.connectors.base import AccountCard
from otklik.exchange.channels.connectors.social import SocialSettings
from otklik.exchange.vendors.http import HttpSettings
from otklik.exchange.vendors.max.client import BASE_URL

TOKEN, PROXY = "token", "proxy"  # names of fields
SECRETS: Mapping[str, str] = {
    TOKEN: "Токен бота из кабинета MAX для бизнеса",
    PROXY: "Прокси, если MAX доступен только через него (http://имя:пароль@адрес:порт)",
}
# What the bot asks to be told; everything else is not sent to us at all.
UPDATES = ("message_created", "message_edited", "message_removed")


class MaxSettings(SocialSettings):
    """One bot with at most one channel of its own."""

    channel: int = Field(default=0, title="Номер канала (его называет «Проверить»), 0 — нет канала")
    watch_posts: int = Field(
        default=10, ge=0, le=50, title="Под сколькими последними публикациями читать комментарии"
    )
    ca_file: str = Field(
        default="", title="Файл корневого сертификата (PEM), если система его не знает"
    )
    api_url: str = Field(default=BASE_URL, pattern=r"^https?://", title="Адрес API")
    timeout: float = Field(default=20, gt=0, le=120, title="Сколько ждать ответа, секунд")


def settings_of(card: AccountCard) -> MaxSettings:
    return cast("MaxSettings", card.settings)


def token_of(card: AccountCard) -> str:
    return card.secret.get(TOKEN, "").strip()


def hook_secret(card: AccountCard) -> str:
    """What MAX must show with every event: made of the token, so it is kept nowhere."""
    return hmac.new(token_of(card).encode(), b"otklik webhook", hashlib.sha256).hexdigest()


def http_of(card: AccountCard) -> HttpSettings:
    settings = settings_of(card)
    return HttpSettings(
        settings.api_url,
        connect_timeout=min(10, settings.timeout),
        read_timeout=settings.timeout,
        proxy=card.secret.get(PROXY, "").strip(),
        ca_file=settings.ca_file,
    )
