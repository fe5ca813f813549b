"""Sentences of Russian text: abbreviations of addresses, initials and numbers do not end one."""

from __future__ import annotations

import re
from dataclasses import dataclass

_END = re.compile(r"[.!?…]+[»\"”)]{0,2}(?=\s|$)|\n+")
_LAST_WORD = re.compile(r"([А-Яа-яЁёA-Za-z]+|\d+)[.]$")
_ABBREVIATED = re.compile(
    r"(?:г|гг|ул|д|кв|корп|стр|пер|пр|просп|пл|наб|б|бул|ш|пос|п|с|ст|дер|х|обл|р|рн|мкр|им|тел|т|"
    r"тд|тп|е|к|м|см|км|га|руб|коп|тыс|млн|млрд|чел|кг|л|куб|ч|мин|сек|др|проч|напр|ред|рис|табл|"
    r"абз|подп|пп|зам|нач|гл|инж|уч|гр|проф|акад|ген|св|о|респ)",
    re.IGNORECASE,
)
_STARTS_LOW = re.compile(r"\s{0,3}[а-яёa-z]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`start`–`end` are character positions in the given text."""

    text: str
    start: int
    end: int


def sentences(text: str) -> list[Sentence]:
    """Sentences in order, without the spaces around them; a line break ends one as well."""
    found: list[Sentence] = []
    start = 0
    for match in _END.finditer(text):
        if "\n" not in match.group(0) and not _ends(text, start, match.end()):
            continue
        _add(found, text, start, match.end())
        start = match.end()
    _add(found, text, start, len(text))
    return found


def _ends(text: str, start: int, end: int) -> bool:
    """Whether the sign before `end` really ends a sentence."""
    tail = text[max(start, end - 30) : end]
    after = text[end : end + 5]
    if not tail.endswith("."):
        return True
    if _STARTS_LOW.match(after):
        return False
    last = _LAST_WORD.search(tail)
    if last is None:
        return True
    word = last.group(1)
    if len(word) == 1 and word.isupper():
        return False
    if word.isdigit():
        # «1. Почините дорогу» is a numbered item, «в доме 5. Почините» an end.
        return bool(text[start : end - len(word) - 1].strip())
    return not _ABBREVIATED.fullmatch(word) or not after.strip()


def _add(found: list[Sentence], text: str, start: int, end: int) -> None:
    part = text[start:end]
    inner = part.strip()
    if inner:
        begin = start + len(part) - len(part.lstrip())
        found.append(Sentence(inner, begin, begin + len(inner)))
