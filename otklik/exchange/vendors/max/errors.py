"""What MAX says no with. Texts are Russian and hold no token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from otklik.exchange.vendors.http import OutcomeUnknown, ServiceError

DEFAULT_PAUSE = 2
NOT_READY = "attachment.not.ready"


class MaxError(ServiceError):
    """A refusal: nothing was done. `code` is the key that MAX gives to the error."""

    def __init__(self, text: str, code: str = "", message: str = "") -> None:
        told = ": ".join(each for each in (code, message[:300]) if each)
        super().__init__(f"{text} ({told})" if told else text)
        self.code = code


class TokenDead(MaxError):
    """401: only a new token helps."""


class Forbidden(MaxError):
    """403: the bot is not an administrator, was stopped by the person or lacks a right."""


class NotFound(MaxError):
    """404: no such message, chat or method."""


class BadRequest(MaxError):
    """400 and the like: a parameter is wrong."""


class NotReady(BadRequest):
    """The uploaded file is still being processed: the same call works later."""


class TooLate(MaxError):
    """422: the time in which this may be changed is over."""


class TooOften(MaxError):
    """429: `retry_after` seconds to wait."""

    def __init__(self, text: str, code: str, message: str, retry_after: float) -> None:
        super().__init__(text, code, message)
        self.retry_after = retry_after


def refusal(status: int, answer: Mapping[str, Any], retry_after: str = "") -> ServiceError:
    """The error for an answer whose status is not 200."""
    code, message = str(answer.get("code", "")), str(answer.get("message", ""))
    if status >= 500:
        return OutcomeUnknown(f"Ошибка на стороне MAX ({status}): исход неизвестен.")
    if status == 429:
        pause = float(retry_after) if retry_after.isdigit() else DEFAULT_PAUSE
        return TooOften(f"MAX просит подождать {pause:g} с", code, message, pause)
    if code == NOT_READY:
        return NotReady("MAX ещё обрабатывает вложение", code, message)
    kind, text = KNOWN.get(status, (MaxError, f"MAX отказал с кодом {status}"))
    return kind(text, code, message)


KNOWN: dict[int, tuple[type[MaxError], str]] = {
    400: (BadRequest, "MAX не принял запрос"),
    401: (TokenDead, "Токен бота не действует: возьмите новый в кабинете MAX для бизнеса"),
    403: (Forbidden, "MAX не разрешает это боту"),
    404: (NotFound, "В MAX этого нет"),
    405: (BadRequest, "MAX не даёт сделать это сейчас"),
    422: (TooLate, "В MAX это уже нельзя изменить"),
}
