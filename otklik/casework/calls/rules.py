"""Numbers as people type them, and when to ring again. Pure."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from otklik.casework.calls.vocabulary import CallResult

DIGITS = 10
SHORTEST = 5
_PAUSES = (timedelta(minutes=30), timedelta(hours=2), timedelta(hours=4))
_DAY = timedelta(days=1)
MOST = 5
"""Tries after which the page advises to give up."""


def beginnings(typed: str) -> list[str]:
    """Beginnings of the last ten digits that a number typed so far may have; [] while too short.

    «+7 900», «8 900» and «900» begin the same number; a city number keeps its own first digit.
    """
    digits = re.sub(r"\D", "", typed)
    if len(digits) < SHORTEST:
        return []
    if len(digits) > DIGITS:
        return [digits[-DIGITS:]]
    if typed.strip().startswith("+7"):
        return [digits[1:]]
    return [digits, digits[1:]] if digits[0] in "78" else [digits]


def next_try(result: CallResult, tries: int, at: datetime) -> datetime | None:
    """When to ring again after so many tries, this one counted; None: nothing to wait for."""
    if result in (CallResult.REACHED, CallResult.WRONG):
        return None
    return at + (_PAUSES[tries - 1] if 1 <= tries <= len(_PAUSES) else _DAY)
