"""What addresses and forms give, read without trust: days, and keys from which a page goes on."""

from __future__ import annotations

from datetime import date, datetime

Key = tuple[datetime, int]
"""A moment with its zone and the number of a row: the place of the row in a list by time."""
DayKey = tuple[date, int]
"""A day and the number of a row."""

_LARGEST = 2**63 - 1
"""A number of a row is eight bytes long in the database."""


def day_given(text: str) -> date | None:
    """A day as fields of forms write it (2026-03-05); None when it is none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def key_given(cursor: str) -> Key | None:
    """What `cursor_of` made of a moment; None when it is not that."""
    moment, _, number = cursor.rpartition("_")
    pk = _number(number)
    try:
        # In an address a plus may have become a space.
        at = datetime.fromisoformat(moment.replace(" ", "+"))
    except ValueError:
        return None
    return None if pk is None or at.tzinfo is None else (at, pk)


def day_key_given(cursor: str) -> DayKey | None:
    """What `cursor_of` made of a day; None when it is not that."""
    written, _, number = cursor.rpartition("_")
    on, pk = day_given(written), _number(number)
    return None if pk is None or on is None else (on, pk)


def cursor_of(at: date, pk: int) -> str:
    """The key as an address carries it; a moment is also a date."""
    return f"{at.isoformat()}_{pk}"


def _number(text: str) -> int | None:
    if not (text.isascii() and text.isdecimal()) or len(text) > 19:
        return None
    found = int(text)
    return found if found <= _LARGEST else None
