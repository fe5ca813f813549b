"""People after whom streets, schools and ships are named: «Пушкина, 5» is no neighbour's name."""

from __future__ import annotations

import re
from functools import lru_cache

from otklik.language.masking.lists import lines, read

_ENDING = re.compile(
    r"(?:ыми|ими|ого|его|ому|ему|ами|ями|ых|их|ым|им|ом|ем|ой|ей|ою|ею|ая|яя|ую|юю|ые|ие|ый|ий|[аяуюыиоейьё])$"
)


# Surname, then the first names borne by its famous bearers.
@lru_cache(maxsize=50_000)
def stem(surname: str) -> str:
    """What stays of a surname in every case and gender, «ё» as «е»."""
    low = surname.casefold().replace("ё", "е")
    if "-" in low:
        return "-".join(stem(piece) for piece in low.split("-"))
    cut = _ENDING.sub("", low)
    return cut if len(cut) >= 3 else low


def _read() -> dict[str, frozenset[str]]:
    people: dict[str, frozenset[str]] = {}
    for surname, *names in lines("famous"):
        known = people.get(stem(surname), frozenset())
        people[stem(surname)] = known | {stem(name) for name in names}
    return people


_PEOPLE = _read()
_OF_MAN = re.compile(r"(.+[ае])(?:я|ю|е|ем|ём)$")


def _known(surname: str) -> frozenset[str]:
    """«Тукая» is of «Тукай» as «Белая» is of «Белый»."""
    people = _PEOPLE.get(stem(surname), frozenset())
    of_man = _OF_MAN.match(surname.casefold())
    return people or (_PEOPLE.get(stem(of_man[1] + "й"), frozenset()) if of_man else people)


def base(surname: str) -> str:
    """The stem, with «Мамая» read as of «Мамай»."""
    of_man = _OF_MAN.match(surname.casefold())
    return stem(of_man[1] + "й") if of_man else stem(surname)


_EVERYDAY = frozenset(stem(name) for name in read("famous_with_everyday_surnames"))


def is_famous(surname: str) -> bool:
    """Alone it means the famous one: «Пушкина», not «Кузнецова»."""
    return stem(surname) in _PEOPLE and stem(surname) not in _EVERYDAY


def is_famous_pair(name: str, surname: str) -> bool:
    """«Льва Толстого» is; «Марии Пушкиной» is a namesake."""
    return stem(name) in _known(surname)


def is_famous_initial(initial: str, surname: str) -> bool:
    return any(name.startswith(initial.casefold()) for name in _known(surname))
