"""Whether an answer speaks of every question of the case. Pure.

tuapse 1.6.4: the questions put in an appeal are checked one by one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from otklik.language.lemmas import lemmas

SHORTEST = 3
_ORDINALS = ("перв", "втор", "трет", "четв[её]рт", "пят", "шест", "седьм", "восьм", "девят")
_COMMON = frozenset(
    ("который", "такой", "этот", "весь", "быть", "мочь", "просить", "просьба", "помочь", "вопрос",
     "ответ", "улица", "город", "район", "год", "день", "месяц", "когда", "почему", "также", "для",
     "при", "как", "что", "где", "нет", "наш", "ваш", "мой", "они", "она", "оно", "уже", "или",
     "тот", "еще", "так", "там", "тут", "кто", "сам", "чей", "под", "над", "без", "про")
)  # fmt: skip


def unanswered(text: str, questions: Sequence[str]) -> list[int]:
    """Numbers of questions (from one) that the text neither names nor shares a word with.

    A case of one question is answered by whatever is said.
    """
    if len(questions) < 2:
        return []
    said = _words(text)
    return [
        number
        for number, question in enumerate(questions, start=1)
        if not _numbered(number, text) and not _touched(_words(question), said)
    ]


@lru_cache(maxsize=256)
def _words(text: str) -> frozenset[str]:
    found = {word for word in lemmas(text) if len(word) >= SHORTEST and word.isalpha()}
    return frozenset(found - _COMMON)


def _touched(asked: frozenset[str], said: frozenset[str]) -> bool:
    """A question without words of its own (a bare topic code) asks nothing that can be missed."""
    return not asked or bool(asked & said)


def _numbered(number: int, text: str) -> bool:
    ordinal = _ORDINALS[number - 1] if number <= len(_ORDINALS) else "\\d+-"
    marks = rf"(?:^|\n)\s*{number}[.)]|вопрос\w*\s+(?:№\s*)?{number}\b|по\s+{ordinal}\w*\s+вопрос"
    return re.search(marks, text, re.IGNORECASE) is not None
