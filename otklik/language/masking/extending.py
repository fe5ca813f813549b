"""Where a name really begins: particles of foreign surnames, a maiden surname in brackets, a name
cut short by a full stop."""

from __future__ import annotations

import re
from collections.abc import Sequence

from otklik.language.masking import roles, words
from otklik.language.masking.lists import read
from otklik.language.masking.tokens import Word

_PARTICLES = read("particles")
_BRACKET_CLOSES = re.compile(r"\s?\)\s{1,2}")
_MAIDEN = re.compile(
    r"\s?\(\s?(?:(?:в\s(?:девичестве|девич\.|замужестве|браке)|по\sмужу|урожд[её]нн\w{2}|урожд\.|дев\."
    r"|девичья|ранее|бывшая|бывш\.|до\s(?:замужества|брака)|ныне|теперь)[\s—–-]{1,3})?"
)
_MOST_BETWEEN = 3
_CUT = 6


def begins_at(text: str, every: Sequence[Word], at: int) -> int:
    """The first word of the name whose rest begins at `at`."""
    return _from_particle(every, _from_maiden(text, every, _from_cut(every, at)))


def _from_cut(every: Sequence[Word], at: int) -> int:
    """«Мар. Ивановна»."""
    if not at or not every[at].part.patronymic:
        return at
    before = every[at - 1]
    short = before.dotted and 2 <= len(before.text) <= _CUT and before.part.capital
    touches = every[at].start - before.end <= 2
    return at - 1 if short and touches and not roles.is_nobody(before.text) else at


def _from_maiden(text: str, every: Sequence[Word], at: int) -> int:
    """«Зуева (в девичестве Карпова) Нина»."""
    word = every[at]
    if at < 2 or not (word.part.name or word.part.patronymic) or not every[at - 1].part.capital:
        return at
    if _BRACKET_CLOSES.fullmatch(text[every[at - 1].end : word.start]) is None:
        return at
    for first in range(at - 2, max(-1, at - 3 - _MOST_BETWEEN), -1):
        if _MAIDEN.fullmatch(text[every[first].end : every[at - 1].start]):
            return first if _may_be_surname(every[first]) else at
    return at


def _may_be_surname(word: Word) -> bool:
    if not word.part.capital or roles.is_nobody(word.text):
        return False
    return word.part.surname or word.part.strange or words.speech(word.text) in {"NOUN", "ADJF"}


def _from_particle(every: Sequence[Word], at: int) -> int:
    """«Де Ла Крус Ольга», «фон Мекк»: the particle, and the surname between it and the name."""
    if _is_particle(every, at - 1):
        first = at - 1
    elif _is_particle(every, at - 2) and every[at].joined and every[at - 1].part.capital:
        first = at - 2
    else:
        return at
    return first - 1 if _is_particle(every, first - 1) else first


def _is_particle(every: Sequence[Word], at: int) -> bool:
    """With nothing but a space behind it."""
    return 0 <= at < len(every) - 1 and every[at + 1].joined and every[at].text in _PARTICLES
