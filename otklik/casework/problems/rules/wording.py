"""Names of problems, and one text made each author's own. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Sequence
from statistics import median
from typing import TypeVar

from otklik.casework.replies.rules.letter import greeting_of

T = TypeVar("T", bound=Hashable)
TITLE = 200
_NAME = re.compile(r"\{\{\s*(?:имя|заявитель)\s*\}\}|\{\s*(?:имя|заявитель)\s*\}", re.IGNORECASE)
_CALLED = re.compile(rf",\s*(?:{_NAME.pattern})", re.IGNORECASE)
_GREETED = ("здравствуйте", "уважаем", "добрый")


def title_of(cause: str, topic: str, place: str) -> str:
    """«Прорыв трубы: ул. Садовая, село Берёзовка»."""
    what = cause or topic or "Массовая проблема"
    said = f"{what[:1].upper()}{what[1:]}"
    return (f"{said}: {place}" if place else said)[:TITLE]


def commonest(values: Sequence[T | None], least: float = 0.5) -> T | None:
    """The value that at least this share of those who have one has; None without."""
    known = [value for value in values if value is not None]
    if not known:
        return None
    value, count = Counter(known).most_common(1)[0]
    return value if count >= least * len(known) else None


def middle(points: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    """The median point: one wrong address does not move it far."""
    if not points:
        return None
    return median(lat for lat, _ in points), median(lon for _, lon in points)


def personal_text(text: str, full_name: str, *, public: bool) -> str:
    """The text addressed to its author: «Здравствуйте, Мария Петровна!».

    In a channel that everybody reads, and for an author without a name and patronymic, the
    greeting names nobody.
    """
    name = "" if public else greeting_of(full_name)
    plain = text.strip()
    if _NAME.search(plain):
        if not name:
            plain = _CALLED.sub("", plain)
        return _NAME.sub(lambda _: name, plain).strip()
    if plain.lower().startswith(_GREETED):
        return plain
    greeting = f"Здравствуйте, {name}!" if name else "Здравствуйте!"
    return f"{greeting}\n\n{plain}"
