"""Signed answers of the last days that have not reached the citizen: the desk's work of today."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from otklik.config.demo.people import Person

WAIT = timedelta(seconds=30)
"""How long a sent answer may be taken back before the program tries to send it."""
LETTERS = {
    "failed": "552 5.2.2 Ящик получателя переполнен",
    "unconfirmed": "Почтовый сервер не ответил за 30 секунд после передачи письма.",
}
"""What the ledger says of letters that stopped."""
_BY_FILE = ("pos", "incident")
_DAYS, _DAYS_BY_FILE = timedelta(days=21), timedelta(days=4)


def by_letter(channel: str, person: Person) -> bool:
    """Whether the answer to this person leaves by mail."""
    return channel in ("email", "portal") and bool(person.email)


def hitch(rng: Random, channel: str, person: Person, *, ended: datetime, horizon: datetime) -> str:
    """failed, unconfirmed, to_carry, signed (not sent yet), or nothing: the answer got through."""
    if ended > horizon:
        return ""
    if by_letter(channel, person) and ended > horizon - _DAYS:
        return rng.choices(("failed", "unconfirmed", ""), (16, 12, 72))[0]
    if channel in _BY_FILE and ended > horizon - _DAYS_BY_FILE:
        return rng.choices(("to_carry", "signed", ""), (30, 20, 50))[0]
    return ""
