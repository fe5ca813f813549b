"""Names that are no living person's: animals, makes of cars, offices, tales, days of saints."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from otklik.language.masking import endings, famous, named_things, roles, words
from otklik.language.masking.lists import pattern, read
from otklik.language.masking.tokens import Word

_BRANDS_AND_BODIES = pattern("brands", "of_bodies")
_ANIMALS, _TALES = pattern("of_animals"), pattern("of_tales")
# What is a tale or a saint only after another word: «Дед Мороз», «царь Горох», «святой Валентин».
_SAID_OF = re.compile(
    r"(?:дед(?:а|у|ом|ушк\w{1,2})? мороз|цар\w{1,2} горох|баб\w{1,2} яг|иван[ау]? купал"
    r"|свят\w{2,3} |бедн\w{2,3} макар)\w*"
)
_SAYINGS = frozenset(
    ("макар телят", "ваньку валять", "фома неверующий", "сеньке и", "федот да", "слава богу")
)
_LEGENDS = frozenset(famous.stem(name) for name in read("of_legends"))
_SAINTS = frozenset(("петр павл", "петр феврон", "кирилл мефоди", "борис глеб", "косьм дамиан"))
_POSSESSIVE = re.compile(r"(?:[оеё]в|[иы]н)(?:а|у|о|ы|ой|ым|ом|ых)?$")
_DAYS = frozenset(
    ("день", "дня", "дню", "днём", "днем", "пост", "поста", "крест", "яр", "гора", "горы", "гору",
     "мать", "грамота", "грамоту", "горе", "слобода", "слободы", "слободе", "слободу", "посад",
     "овраг", "лог", "брод", "луг")
)  # fmt: skip
_CALLED = frozenset(
    ("зовут", "звать", "кличка", "кличке", "клички", "имени", "назвали", "прозвали")
)
_PET = re.compile(r"(?:кот|кошк|п[её]с|пса|псу|собак|щен|кот[её]н)\w{0,3}$")
_FAR = 5


@lru_cache(maxsize=20_000)
def is_thing(word: str) -> bool:
    """A make of cars, a shop, a messenger, an office."""
    low = word.casefold()
    return _BRANDS_AND_BODIES.fullmatch(low) is not None or endings.is_office(low)


@lru_cache(maxsize=20_000)
def _is_animal(word: str) -> bool:
    return _ANIMALS.fullmatch(word.casefold()) is not None


def is_no_one(every: Sequence[Word], at: int) -> bool:
    """Whether a lone capitalised word is a name of no person."""
    word = every[at]
    return (
        is_thing(word.text)
        or famous.stem(word.text) in _LEGENDS
        or famous.base(word.text) in _LEGENDS
        or _of_saints(every, at)
        or _of_animal(every, at)
        or _of_tale(every, at)
        or _of_place(every, at)
        or named_things.is_thing(every, at)
    )


def begins(run: Sequence[Word]) -> bool:
    """«Кота Степана», «Лада Гранта»."""
    if all(is_thing(word.text) for word in run):
        return True
    if len(run) == 2 and f"{run[0].text} {run[1].text}".casefold() in _SAYINGS:
        return True
    named = len(run) == 2 and not (run[0].initial or run[1].initial)
    return named and _PET.match(run[0].text.casefold()) is not None and _bears(run[0], run[1])


def _of_animal(every: Sequence[Word], at: int) -> bool:
    """«Кошка Муся», «собаку соседей зовут Граф», «кличка Лорд»."""
    if _is_told_of(every, at):
        return True
    if not at or every[at].opens:
        return False
    before = every[at - 1]
    if before.text.casefold() in {"кличка", "кличку", "кличке", "клички", "кличкой"}:
        return every[at].joined
    if _is_animal(before.text):
        return _bears(before, every[at])
    if _among_animals(every, at):
        return True
    return before.text.casefold() in _CALLED and _is_about_animal(every, at)


def _among_animals(every: Sequence[Word], at: int) -> bool:
    """«Собаки Рекс, Дина и Альма»."""
    if not every[at].part.capital:
        return False
    back = at - 1
    while back > max(0, at - 2 * _FAR) and not every[back + 1].opens:
        if not (every[back].part.capital or every[back].text == "и"):
            return _is_animal(every[back].text) and every[back + 1].joined and back < at - 1
        back -= 1
    return False


def _is_about_animal(every: Sequence[Word], at: int) -> bool:
    """«Собаку соседей зовут…»."""
    for back in range(at - 2, max(-1, at - 2 - _FAR), -1):
        if _is_animal(every[back].text):
            return True
        if every[back + 1].opens:
            return False
    return False


def _bears(animal: Word, word: Word) -> bool:
    """In one case, as «кота Степана»; «собака Мироновых» and «хозяин пса Рябцев» are people's."""
    if not word.joined or not word.part.cases:
        return word.joined
    if word.part.surname and not word.part.name and word.part.may("gent masc"):
        # «Собака Горелова».
        return False
    return words.same_case(animal.text, word.part.cases) and not word.text.endswith(("ых", "их"))


def _is_told_of(every: Sequence[Word], at: int) -> bool:
    """«Вася — наш школьный кот»."""
    ahead = every[at + 1 : at + 5]
    if not ahead or ahead[0].joined or ahead[0].opens or not every[at].part.may("nomn"):
        return False
    for word in ahead:
        if word.opens:
            return False
        if _is_animal(word.text):
            return words.is_subject(word.text)
        if word is not ahead[0] and not word.joined:
            return False
    return False


def _of_tale(every: Sequence[Word], at: int) -> bool:
    """«Снегурочка», «Дед Мороз», «при царе Горохе», «на Ивана Купалу»."""
    low = every[at].text.casefold()
    after = every[at + 1].text.casefold() if at + 1 < len(every) else ""
    if _TALES.fullmatch(low) or (after and f"{low} {after}" in _SAYINGS):
        return True
    if not at or not every[at].joined:
        return False
    return _SAID_OF.fullmatch(f"{every[at - 1].text.casefold()} {low}") is not None


def _of_saints(every: Sequence[Word], at: int) -> bool:
    """«На Петра и Павла»."""
    for first in (at, at - 2):
        if 0 <= first < len(every) - 2 and every[first + 1].text == "и":
            one, two = famous.stem(every[first].text), famous.stem(every[first + 2].text)
            if f"{one} {two}" in _SAINTS and not every[first].part.may("nomn masc"):
                return True
    return False


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
