"""What OK refuses, told apart by what has to be done about it.

Both REST and Graph answer `{error_code, error_msg, …}`, REST with HTTP 200.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from otklik.exchange.vendors.http import ServiceError


class OkError(ServiceError):
    """OK's refusal. `code` is its number, `told` its own words without any token."""

    sense = "Одноклассники отказали"

    def __init__(self, code: int, told: str, method: str) -> None:
        super().__init__(f"{self.sense}: {told} (код {code}, {method}).")
        self.code = code
        self.told = told
        self.method = method


class RetryLater(OkError):
    """Too often or OK's own trouble; `pause` is how many seconds to wait."""

    sense = "Одноклассники просят повторить позже"

    @property
    def pause(self) -> float:
        return PAUSES[self.code]


class NeedsPerson(OkError):
    """A check that only a person can pass."""

    sense = "Одноклассники просят подтверждения человеком"


class DeadToken(OkError):
    """The token or the signature is no longer good."""

    sense = "Ключ доступа Одноклассников больше не действует"


class RightMissing(OkError):
    """The application or the person may not do this."""

    sense = "Не хватает права в Одноклассниках"


class NotThere(OkError):
    """No such topic, comment, chat or person."""

    sense = "В Одноклассниках этого нет"


class MessagesForbidden(OkError):
    """The person does not take messages of the group."""

    sense = "Человек не разрешил группе писать ему"


class OurMistake(OkError):
    """The request itself is wrong: a fault of this program or of a setting."""

    sense = "Одноклассники не поняли запрос"


PAUSES: Mapping[int, float] = {
    1: 10,
    2: 10,
    7: 600,
    8: 60,
    9: 600,
    11: 60,
    30: 10,
    31: 10,
    704: 10,
    9999: 10,
}
_CLASSES: tuple[tuple[type[OkError], tuple[int, ...]], ...] = (
    (RetryLater, tuple(PAUSES)),
    (NeedsPerson, (402, 403, 514)),
    (DeadToken, (102, 103, 104, 401, 453)),
    (RightMissing, (10, 24, 50, 101, 200, 210, 456, 457)),
    (NotThere, (106, 140, 141, 160, 300, 700, 702, 705, 706)),
    (MessagesForbidden, (455, 458, 1102)),
    (OurMistake, (3, 4, 21, 100, 105, 110, 2001)),
)
_BY_CODE = {code: made for made, codes in _CLASSES for code in codes}


def error_of(told: Mapping[str, Any], method: str, secrets: Sequence[str]) -> OkError:
    """The error of OK's object, without any of our secrets in its text."""
    try:
        code = int(told.get("error_code", 0))
    except (TypeError, ValueError):
        code = 0
    text = str(told.get("error_msg") or "без пояснения")
    for secret in filter(None, secrets):
        text = text.replace(secret, "***")
    return _BY_CODE.get(code, OkError)(code, text, method)
