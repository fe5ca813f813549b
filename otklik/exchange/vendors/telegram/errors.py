"""What Telegram says no with. Texts are Russian and hold no token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from otklik.exchange.vendors.http import OutcomeUnknown, ServiceError

DEFAULT_PAUSE = 5


class TelegramError(ServiceError):
    """A refusal: nothing was done. `description` is Telegram's own English sentence."""

    def __init__(self, text: str, description: str = "") -> None:
        super().__init__(f"{text} ({description})" if description else text)
        self.description = description


class TokenDead(TelegramError):
    """401, or 404 for a token that Telegram never gave: only a new token helps."""


class Forbidden(TelegramError):
    """403: the bot was blocked by the person, thrown out of the chat or lacks a right."""


class BadRequest(TelegramError):
    """400: a parameter is wrong, a message or a chat is not there."""


class ChatMoved(BadRequest):
    """The group became a supergroup: the same call works with `chat_id`."""

    def __init__(self, text: str, description: str, chat_id: int) -> None:
        super().__init__(text, description)
        self.chat_id = chat_id


class TooOften(TelegramError):
    """429: `retry_after` whole seconds to wait."""

    def __init__(self, text: str, description: str, retry_after: int) -> None:
        super().__init__(text, description)
        self.retry_after = retry_after


class TakenByAnother(TelegramError):
    """409: another program polls with this token, or a webhook is set."""


def refusal(status: int, answer: Mapping[str, Any]) -> ServiceError:
    """The error for an answer whose `ok` is not true."""
    description = str(answer.get("description", ""))[:300]
    told = answer.get("parameters") or {}
    if status >= 500:
        return OutcomeUnknown(f"Ошибка на стороне Telegram ({status}): исход неизвестен.")
    if status == 429:
        pause = int(told.get("retry_after", DEFAULT_PAUSE))
        return TooOften(f"Telegram просит подождать {pause} с", description, pause)
    if "migrate_to_chat_id" in told:
        moved = int(told["migrate_to_chat_id"])
        return ChatMoved(f"Группа стала супергруппой {moved}", description, moved)
    known = KNOWN.get(status)
    if known is None:
        return TelegramError(f"Telegram отказал с кодом {status}", description)
    return known[0](known[1], description)


KNOWN: dict[int, tuple[type[TelegramError], str]] = {
    400: (BadRequest, "Telegram не принял запрос"),
    401: (TokenDead, "Токен бота больше не действует: получите новый у @BotFather"),
    403: (Forbidden, "Telegram не разрешает это боту"),
    404: (TokenDead, "Telegram не знает такого токена: проверьте, целиком ли он скопирован"),
    409: (TakenByAnother, "Обновления этого бота забирает другая программа или включён вебхук"),
}
