"""Names that are no living person's: animals, makes of cars, offices, tales, days of saints."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from otklik.language.masking import endings, roles, words
from otklik.language.masking.lists import pattern
from otklik.language.masking.tokens import Word

_BRANDS, _BODIES = pattern("brands"), pattern("of_bodies")
_ANIMALS, _TALES = pattern("of_animals"), pattern("of_tales")
_OF_TALES = frozenset(
    ("дед", "деда", "деду", "дедом", "дедушка", "дедушке", "дедушку", "царь", "царе", "царя", "баба",
     "бабы", "бабе", "бабу", "бабой", "ивана", "иван", "сцене", "доктор", "театр")
)  # fmt: skip
_POSSESSIVE = re.compile(r"(?:[оеё]в|[иы]н)(?:а|у|о|ы|ой|ым|ом|ых)?$")
_DAYS = frozenset(
    ("день", "дня", "дню", "днём", "днем", "пост", "поста", "крест", "яр", "гора", "горы", "гору",
     "горе", "слобода", "слободы", "слободе", "слободу", "посад", "овраг", "лог", "брод", "луг")
)  # fmt: skip
_CALLED = frozenset(
    ("зовут", "звать", "кличка", "кличке", "клички", "имени", "назвали", "прозвали")
)
_FAR = 5


@lru_cache(maxsize=20_000)
def is_thing(word: str) -> bool:
    """A make of cars, a shop, a messenger, an office."""
    low = word.casefold()
    thing = _BRANDS.fullmatch(low) is not None or _BODIES.fullmatch(low) is not None
    return thing or endings.is_office(low)


@lru_cache(maxsize=20_000)
def _is_animal(word: str) -> bool:
    return _ANIMALS.fullmatch(word.casefold()) is not None


def is_no_one(every: Sequence[Word], at: int) -> bool:
    """Whether a lone capitalised word is a name of no person."""
    word = every[at]
    return (
        is_thing(word.text) or _of_animal(every, at) or _of_tale(every, at) or _of_place(every, at)
    )


def _of_animal(every: Sequence[Word], at: int) -> bool:
    """«Кошка Муся», «собаку соседей зовут Граф», «кличка Лорд»."""
    if not at or every[at].opens:
        return False
    before = every[at - 1]
    if _is_animal(before.text):
        # «Собака Мироновых» is theirs.
        return every[at].joined and not (every[at].part.may("gent") and every[at].part.surname)
    if before.text.casefold() not in _CALLED:
        return False
    for back in range(at - 2, max(-1, at - 2 - _FAR), -1):
        if _is_animal(every[back].text):
            return True
        if every[back + 1].opens:
            return False
    return False


def _of_tale(every: Sequence[Word], at: int) -> bool:
    """«Дед Мороз», «при царе Горохе», «на Ивана Купалу»."""
    if not at or not every[at].joined or _TALES.fullmatch(every[at].text.casefold()) is None:
        return False
    return every[at - 1].text.casefold() in _OF_TALES


def _of_place(every: Sequence[Word], at: int) -> bool:
    """«Марьин парк», «Ильин день»: whose, not who."""
    word = every[at]
    after = every[at + 1] if at + 1 < len(every) else None
    if after is None or not after.joined or not _POSSESSIVE.search(word.text.casefold()):
        return False
    low = after.text.casefold()
    if low in _DAYS:
        return True
    named = roles.is_named(low) or roles.is_street(low)
    return named and word.part.may("nomn masc") and words.is_subject(low) and not word.dotted
