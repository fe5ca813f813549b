"""What VK refuses, told apart by what has to be done about it.

Every class is a ServiceError: certainly not carried out. A time-out is `OutcomeUnknown` of
`vendors.http`. A code that nobody knows becomes plain VkError.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from otklik.exchange.vendors.http import ServiceError


class VkError(ServiceError):
    """VK's refusal. `code` is its number, `told` its own words without any token."""

    sense = "ВКонтакте отказал"

    def __init__(self, code: int, told: str, method: str, details: Mapping[str, Any]) -> None:
        super().__init__(f"{self.sense}: {told} (код {code}, {method}).")
        self.code = code
        self.told = told
        self.method = method
        self.details = details


class RetryLater(VkError):
    """Too often or VK's own trouble; `pause` is how many seconds to wait before the next try."""

    sense = "ВКонтакте просит повторить позже"

    @property
    def pause(self) -> float:
        return PAUSES[self.code]


class NeedsPerson(VkError):
    """Captcha or another check that only a person can pass."""

    sense = "ВКонтакте просит подтверждения человеком"

    @property
    def captcha_image(self) -> str:
        return str(self.details.get("captcha_img", ""))

    @property
    def redirect_uri(self) -> str:
        return str(self.details.get("redirect_uri", ""))


class DeadToken(VkError):
    """The key is revoked or has expired: a new one must be made."""

    sense = "Ключ доступа ВКонтакте больше не действует"


class RightMissing(VkError):
    """This key may not do this; another kind of key may."""

    sense = "Ключу доступа не хватает права"


class CommentsClosed(VkError):
    """Comments under this post are closed or there are too many of them."""

    sense = "Комментарии под записью закрыты"


class LinksForbidden(VkError):
    """The community forbids links in comments."""

    sense = "ВКонтакте не пропустил ссылку в тексте"


class MessagesForbidden(VkError):
    """This person does not take messages from the community: it may not write first."""

    sense = "Человек не разрешил сообществу писать ему"


class OurMistake(VkError):
    """The request itself is wrong: a fault of this program or of a setting."""

    sense = "ВКонтакте не понял запрос"


PAUSES: Mapping[int, float] = {1: 5, 6: 1, 9: 60, 10: 5, 29: 3600}

_CLASSES: tuple[tuple[type[VkError], tuple[int, ...]], ...] = (
    (RetryLater, tuple(PAUSES)),
    (NeedsPerson, (14, 17, 24, 3300)),
    (DeadToken, (5, 1117)),
    (RightMissing, (7, 15, 27, 28, 203, 214, 1051)),
    (CommentsClosed, (212, 213)),
    (LinksForbidden, (222,)),
    (MessagesForbidden, (901, 902)),
    (OurMistake, (3, 8, 100, 113)),
)
_BY_CODE = {code: made for made, codes in _CLASSES for code in codes}
_SAFE_DETAILS = ("captcha_sid", "captcha_img", "redirect_uri", "confirmation_text")


def error_of(told: Mapping[str, Any], method: str, token: str) -> VkError:
    """The error of VK's `error` object. `request_params` are left out: they hold the token."""
    code = _number(told.get("error_code"))
    text = str(told.get("error_msg") or told.get("error_text") or "без пояснения")
    text = text.replace(token, "***") if token else text
    details = {key: told[key] for key in _SAFE_DETAILS if key in told}
    return _BY_CODE.get(code, VkError)(code, text, method, details)


def _number(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return 0
