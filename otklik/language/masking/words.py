"""What a word may be in a person's name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from otklik.language.masking import endings
from otklik.language.masking.given import is_rare_name, is_short_name
from otklik.language.masking.lists import read
from otklik.language.masking.reading import may_ask, parsed

# Ordinary words and foreign syllables that are surnames all the same.
_BY_HABIT = read("surnames_that_are_words")
_EASTERN = read("eastern_surnames")
_LIKE_SURNAME = re.compile(r"(?:[ое]в|ин)(?:ых|ыми)$|[оеё]в$|[оеё]в(?:а|у|ым)$")
# Names that are ordinary words too: they need a person's surroundings.
AMBIGUOUS = read("names_that_are_words")
_COMMON_ENDING = re.compile(r"(?:[аяыиуюейь]|ой|ою|ей|ем|ом|ём|ия|ии|ию|ий|ием|ией)$")
_COMMON = read("everyday_names")
_LIKELY = 0.02
_TITLES = ("-заде", "-оглы", "-кызы", "-бек", "-хан", "-бей", "-ага", "-паша", "-хаджи", "-ханум")
_OF_PERSON = {"Name", "Surn", "Patr"}


@dataclass(frozen=True, slots=True)
class Part:
    capital: bool = False
    name: bool = False
    surname: bool = False
    patronymic: bool = False
    known: bool = False
    """The dictionary itself calls it a name of that kind."""
    ordinary: bool = False
    """First of all an ordinary word: «Мороз», «Вера»."""
    strange: bool = False
    """No word of the dictionary: a foreign name, a slip, a brand."""
    eastern: bool = False
    guessed: bool = False
    """The dictionary lacks it, yet takes it for a name by its look."""
    geo: bool = False
    adjective: bool = False
    """«Соколовская»: a street, a district or a surname."""
    habit: bool = False
    """An ordinary word that is borne as a surname: «Медведь», «Крапива»."""
    spoken: bool = False
    """«Саныч», «Марь»: as names are spoken."""
    cases: frozenset[str] = frozenset()
    """Cases of the readings as a name, with their gender and number: «nomn femn», «datv plur»."""

    def may(self, *cases: str) -> bool:
        return bool(self.cases) and _may(self.cases, cases)

    @property
    def nominative_person(self) -> bool:
        """A name or surname in the nominative that cannot be a genitive."""
        return self.may("nomn") and not self.may("gent")


@lru_cache(maxsize=20_000)
def _may(told: frozenset[str], cases: tuple[str, ...]) -> bool:
    return any(case.startswith(cases) for case in told)


NOTHING = Part()


@lru_cache(maxsize=100_000)
def is_patronymic(word: str) -> bool:
    """By its ending alone, so a name must stand beside it or a capital begin it."""
    return endings.is_patronymic(word.casefold().rpartition("-")[2])


@lru_cache(maxsize=100_000)
def may_be_given(word: str) -> bool:
    """One of the names met every day, in any case: worth a look even in small letters."""
    low = word.casefold()
    return len(low) > 2 and (_COMMON_ENDING.sub("", low) in _COMMON or low[:-1] in _COMMON)


def speech(word: str) -> str:
    """Part of speech of an ordinary word: «VERB», «NOUN»…; empty when the dictionary is silent."""
    low = word.casefold()
    return _speech(low) if may_ask(low) else ""


@lru_cache(maxsize=50_000)
def _speech(low: str) -> str:
    return str(parsed(low)[0].tag.POS or "")


def is_subject(word: str) -> bool:
    """An ordinary word in the nominative: «Пшеничный», «Шелест»."""
    tag = _tag(word)
    return bool(tag and tag.POS in {"NOUN", "ADJF"} and _is(tag, "nomn"))


def is_noun(word: str) -> bool:
    tag = _tag(word)
    return bool(tag and tag.POS == "NOUN" and tag.number == "sing")


def agree(one: str, two: str) -> bool:
    """Two nouns in one case, as a trade and a surname are: «депутата Медведя»."""
    return may_ask(one.casefold()) and may_ask(two.casefold()) and _agree(one, two)


@lru_cache(maxsize=20_000)
def _agree(one: str, two: str) -> bool:
    first, second = (
        {
            (i.tag.case, i.tag.animacy == "anim" or i.tag.POS == "ADJF")
            for i in parsed(word.casefold())
            if i.tag.POS in {"NOUN", "ADJF"} and i.tag.number == "sing" and i.score >= _LIKELY
        }
        for word in (one, two)
    )
    cases = {case for case, _ in first}
    return any(case in cases and (living or case == "nomn") for case, living in second)


def same_case(word: str, cases: frozenset[str]) -> bool:
    """Whether a noun may stand in one of the cases told as `Part.cases`."""
    low = word.casefold()
    if not may_ask(low):
        return False
    told = {case.split()[0] for case in cases}
    return any(str(item.tag.case) in told for item in parsed(low) if item.score >= _LIKELY)


def is_someone(word: str) -> bool:
    """One living being by its trade or kin: «вахтёра», «регистратору»."""
    tag = _tag(word)
    return bool(tag and tag.POS == "NOUN" and tag.animacy == "anim" and tag.number == "sing")


def is_lifeless(word: str) -> bool:
    """A thing, one or many."""
    tag = _tag(word)
    return bool(tag and tag.POS == "NOUN" and tag.animacy == "inan")


def feminine_past(word: str) -> bool:
    tag = _tag(word)
    return bool(tag and tag.POS == "VERB" and tag.gender == "femn")


def masculine_past(word: str) -> bool:
    tag = _tag(word)
    return bool(tag and tag.POS == "VERB" and tag.gender == "masc")


def one_does(word: str) -> bool:
    """What one person does, did or will do: «шумит», «обещал»."""
    tag = _tag(word)
    return bool(
        tag
        and tag.POS == "VERB"
        and tag.number == "sing"
        and tag.gender != "neut"
        and tag.mood == "indc"
        and tag.person not in {"1per", "2per"}
    )


def _tag(word: str) -> Any:
    low = word.casefold()
    return parsed(low)[0].tag if may_ask(low) else None


def _is(tag: Any, case: str) -> bool:
    return bool(tag.case == case and tag.number == "sing")


def part(word: str) -> Part:
    """What the word may be as a piece of a person's name."""
    return _part(word) if may_ask(word.casefold()) else _by_look(word)


def _by_look(word: str) -> Part:
    """Without the dictionary."""
    low, capital = word.casefold(), word[0].isupper()
    surname = capital and len(low) < 30 and endings.SURNAME.fullmatch(low) is not None
    return Part(
        capital=capital,
        name=may_be_given(word) or (capital and is_rare_name(low, ordinary=False)),
        surname=surname,
        patronymic=len(low) < 30 and is_patronymic(word),
        known=surname,
        strange=True,
        cases=endings.cases(low),
    )


@lru_cache(maxsize=100_000)
def _part(word: str) -> Part:
    if word[0] < "А":
        return NOTHING
    if "-" in word:
        return _double(word)
    if word[1:2].isupper() and not word.isupper():
        return NOTHING
    return _single(word)


def _single(word: str) -> Part:
    capital, low = word[0].isupper(), word.casefold()
    readings = [item for item in parsed(low) if item.score >= _LIKELY]
    # What the dictionary guesses by the ending, it calls a name too readily.
    tags = [i.tag for i in readings if i.is_known and _OF_PERSON & i.tag.grammemes]
    singular = [tag for tag in tags if tag.number != "plur"]
    known = bool(readings) and readings[0].is_known
    if not known and endings.is_office(low):
        return Part(capital=capital, ordinary=True)
    guessed = [i.tag for i in readings if not known and _OF_PERSON & i.tag.grammemes]
    plain = low.replace("ё", "е")
    habit = capital and (plain in _BY_HABIT or _normal(readings) in _BY_HABIT)
    ordinary = known and _is_ordinary(low, readings, tags, capital=capital)
    surname = (capital or not known) and _is_surname(low, known=known and not tags)
    spoken = endings.is_spoken(low) or (capital and endings.is_spoken_name(low))
    return Part(
        capital=capital,
        name=any("Name" in tag for tag in singular)
        or ((capital or not known) and _is_name(low, ordinary=ordinary, known=known)),
        surname=surname or habit or any("Surn" in tag for tag in tags),
        patronymic=is_patronymic(word),
        known=(known and bool(tags)) or habit or (spoken and len(low) > 4),
        ordinary=(ordinary and not spoken) or plain in AMBIGUOUS,
        strange=not known,
        eastern=plain in _EASTERN,
        guessed=bool(guessed),
        geo=any("Geox" in i.tag for i in readings if i.is_known or not surname),
        adjective=capital and endings.ADJECTIVE.fullmatch(low) is not None,
        habit=habit and not (known and bool(tags)),
        spoken=spoken,
        cases=endings.cases(low)
        or _cases_of(singular or tags or guessed or [i.tag for i in readings if habit]),
    )


def _is_ordinary(low: str, readings: list[Any], tags: list[Any], *, capital: bool) -> bool:
    if capital and is_short_name(low):
        return False
    if tags and _LIKE_SURNAME.search(low):
        return False
    return not ((_OF_PERSON | {"Geox"}) & readings[0].tag.grammemes)


def _is_surname(low: str, *, known: bool) -> bool:
    """By the ending; `known`: the dictionary has it and calls it nobody's."""
    if endings.SURNAME.fullmatch(low) is None:
        return False
    return not known or low.endswith(("ов", "ев", "ова", "ову", "ева", "еву"))


def _is_name(low: str, *, ordinary: bool, known: bool) -> bool:
    if is_short_name(low) or is_rare_name(low, ordinary):
        return True
    return not known and endings.is_eastern_name(low)


def _normal(readings: list[Any]) -> str:
    return str(getattr(readings[0], "normal_form", "")).replace("ё", "е") if readings else ""


def _cases_of(tags: list[Any]) -> frozenset[str]:
    return frozenset(f"{tag.case} {'plur' if tag.number == 'plur' else tag.gender}" for tag in tags)


def _double(word: str) -> Part:
    """«Салтыков-Щедрин», «Анна-Мария»: as its last piece, when every piece may be a name."""
    if word.casefold().endswith(_TITLES):
        return _part(word.partition("-")[0])
    pieces = [_part(piece) for piece in word.split("-") if piece]
    if len(pieces) < 2 or not all(p.surname or p.name or p.strange for p in pieces):
        return Part(capital=word[0].isupper(), patronymic=is_patronymic(word))
    if not any(piece.surname or piece.name for piece in pieces) or not pieces[0].capital:
        return Part(capital=word[0].isupper(), patronymic=is_patronymic(word), strange=True)
    last = pieces[-1]
    return Part(
        capital=True,
        name=all(piece.name for piece in pieces),
        surname=any(piece.surname for piece in pieces),
        patronymic=is_patronymic(word),
        strange=True,
        geo=any(piece.geo for piece in pieces),
        cases=last.cases,
    )
