"""Arithmetic of waiting, and who is named in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

MENTION = re.compile(r"(?<![\w.])@([А-ЯЁA-Z][\w-]+)")
RECEIPT_DAYS = 1
"""Working days in which an executor confirms receipt, unless the centre sets another number."""
MOST_RECEIPT_DAYS = 10
RECEIPT_OPTION = "receipt_days"
"""Name of the municipality's own number among its options."""


@dataclass(frozen=True)
class Waiting:
    """How long cases waited: `amount` of them, median and longest."""

    amount: int
    middle: timedelta
    longest: timedelta


def names_in(text: str) -> list[str]:
    """Surnames written as «@Фамилия», each once, in order."""
    return list(dict.fromkeys(MENTION.findall(text)))


def named(surname: str, people: Iterable[tuple[int, str]]) -> list[int]:
    """Those (id, full name) whose surname it is, in any case of letters."""
    wanted = surname.casefold().replace("ё", "е")
    return [
        pk
        for pk, name in people
        if name.split() and name.split()[0].casefold().replace("ё", "е") == wanted
    ]


def summed(waits: Sequence[timedelta]) -> Waiting | None:
    """None when nothing waited."""
    if not waits:
        return None
    seconds = [wait.total_seconds() for wait in waits]
    return Waiting(len(seconds), timedelta(seconds=median(seconds)), max(waits))


def in_words(wait: timedelta) -> str:
    """«2 д 3 ч», «3 ч 15 мин», «12 мин»; a moment of the future counts as nothing."""
    minutes = max(0, int(wait.total_seconds() // 60))
    days, rest = divmod(minutes, 24 * 60)
    hours, rest = divmod(rest, 60)
    if days:
        return f"{days}\u00a0д {hours}\u00a0ч" if hours else f"{days}\u00a0д"
    if hours:
        return f"{hours}\u00a0ч {rest}\u00a0мин" if rest else f"{hours}\u00a0ч"
    return f"{rest}\u00a0мин"


def reminder_due(due_at: datetime, reminded_on: date | None, now: datetime, working: bool) -> bool:
    """Overdue, and not yet reminded of on this working day; `now` in the local zone."""
    return working and due_at < now and reminded_on != now.date()
