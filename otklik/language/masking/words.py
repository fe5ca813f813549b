"""What a word may be in a person's name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from otklik.language.lemmas import LONGEST_WORD, analyser
from otklik.language.masking.given import is_rare_name, is_short_name
from otklik.language.masking.lists import pattern, read

_PATRONYMIC = re.compile(
    r"[а-яё]+(?:(?:[оеё]вич|[^о]ич|[аиоь][нлмктв]ыч)(?:а|у|ем|ом|е)?"
    r"|(?:[оеё]вн|ьевн|(?:ин|ит|вв)ичн)(?:а|е|у|ой|ою|ы)|(?:ооло|ууло)вн\w{1,2})"
)
_NOT_PATRONYMIC = pattern("like_patronymics")
_SURNAME = re.compile(
    r"[а-яё]{2,}(?:(?:ов|ев|ёв|ин|ын)(?:а|у|ым|ой|е|ых|ы)?|(?:ск|цк)(?:ий|ого|ому|им|ом|ая|ой|ую)"
    r"|енко|[чщ]ук|юк|[оы]х|[яа]н(?:а|у|ом|ов|ы)?|идзе|швили|дзе|[аеи]йло|йко|ович|евич|ец|ак|як)"
)
# Ordinary words and foreign syllables that are surnames all the same.
_BY_HABIT = read("surnames_that_are_words")
_EASTERN = read("eastern_surnames")
_LIKE_SURNAME = re.compile(r"(?:[ое]в|ин)(?:ых|ыми)$")
# Names that are ordinary words too: they need a person's surroundings.
AMBIGUOUS = read("names_that_are_words")
_COMMON_ENDING = re.compile(r"(?:[аяыиуюейь]|ой|ою|ей|ем|ом|ём|ия|ии|ию|ий|ием|ией)$")
_COMMON = read("everyday_names")
_LIKELY = 0.02


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
    cases: frozenset[str] = frozenset()
    """Cases of the readings as a name, with their gender and number: «nomn femn», «datv plur»."""

    def may(self, *cases: str) -> bool:
        return any(case.startswith(cases) for case in self.cases)

    @property
    def nominative_person(self) -> bool:
        """A name or surname in the nominative that cannot be a genitive."""
        return self.may("nomn") and not self.may("gent")


NOTHING = Part()


@lru_cache(maxsize=50_000)
def _parsed(low: str) -> list[Any]:
    """Readings of the dictionary, likeliest first; the slowest step of all, so shared."""
    return list(analyser().parse(low))


@lru_cache(maxsize=100_000)
def is_patronymic(word: str) -> bool:
    """By its ending alone, so a name must stand beside it or a capital begin it."""
    low = word.casefold().rpartition("-")[2]
    return (
        len(low) > 4
        and _PATRONYMIC.fullmatch(low) is not None
        and _NOT_PATRONYMIC.fullmatch(low) is None
    )


@lru_cache(maxsize=100_000)
def may_be_given(word: str) -> bool:
    """One of the names met every day, in any case: worth a look even in small letters."""
    return len(word) > 2 and _COMMON_ENDING.sub("", word.casefold()) in _COMMON


@lru_cache(maxsize=100_000)
def speech(word: str) -> str:
    """Part of speech of an ordinary word: «VERB», «NOUN»…; empty when the dictionary is silent."""
    if len(word) > LONGEST_WORD:
        return ""
    return str(_parsed(word.casefold())[0].tag.POS or "")


@lru_cache(maxsize=100_000)
def is_subject(word: str) -> bool:
    """An ordinary word in the nominative: «Пшеничный», «Шелест»."""
    if len(word) > LONGEST_WORD:
        return False
    tag = _parsed(word.casefold())[0].tag
    return bool(tag.POS in {"NOUN", "ADJF"} and tag.case == "nomn" and tag.number == "sing")


@lru_cache(maxsize=100_000)
def is_someone(word: str) -> bool:
    """One living being by its trade or kin: «вахтёра», «регистратору»."""
    if len(word) > LONGEST_WORD:
        return False
    tag = _parsed(word.casefold())[0].tag
    return bool(tag.POS == "NOUN" and tag.animacy == "anim" and tag.number == "sing")


@lru_cache(maxsize=100_000)
def feminine_past(word: str) -> bool:
    if len(word) > LONGEST_WORD:
        return False
    tag = _parsed(word.casefold())[0].tag
    return bool(tag.POS == "VERB" and tag.gender == "femn")


@lru_cache(maxsize=100_000)
def part(word: str) -> Part:
    """What the word may be as a piece of a person's name; pure, so a process may remember it."""
    if len(word) > LONGEST_WORD or word[0] < "А":
        return NOTHING
    if "-" in word:
        return _double(word)
    if word[1:2].isupper() and not word.isupper():
        return NOTHING
    capital, low = word[0].isupper(), word.casefold()
    parsed = [item for item in _parsed(low) if item.score >= _LIKELY]
    # What the dictionary guesses by the ending, it calls a name too readily.
    tags = [
        item.tag
        for item in parsed
        if item.is_known and {"Name", "Surn", "Patr"} & item.tag.grammemes
    ]
    singular = [tag for tag in tags if tag.number != "plur"]
    known = bool(parsed) and parsed[0].is_known
    plain = low.replace("ё", "е")
    habit = capital and (plain in _BY_HABIT or _normal(parsed) in _BY_HABIT)
    by_ending = (
        capital
        and _SURNAME.fullmatch(low) is not None
        and not (known and not tags and not low.endswith(("ов", "ев", "ова", "ову", "ева", "еву")))
    )
    short = capital and is_short_name(low)
    ordinary = (
        known
        and not short
        and not (tags and _LIKE_SURNAME.search(low))
        and not ({"Name", "Surn", "Patr", "Geox"} & parsed[0].tag.grammemes)
    )
    name = (
        any("Name" in tag for tag in singular) or short or (capital and is_rare_name(low, ordinary))
    )
    return Part(
        capital=capital,
        name=name,
        surname=by_ending or habit or any("Surn" in tag for tag in tags),
        patronymic=is_patronymic(word),
        known=(known and bool(tags)) or habit,
        ordinary=ordinary or plain in AMBIGUOUS,
        strange=not known,
        eastern=plain in _EASTERN,
        guessed=not known and any({"Name", "Surn", "Patr"} & item.tag.grammemes for item in parsed),
        geo=any("Geox" in item.tag for item in parsed),
        cases=_cases(low)
        or frozenset(
            f"{tag.case} {'plur' if tag.number == 'plur' else tag.gender}"
            for tag in singular or tags
        ),
    )


def _normal(parsed: list[object]) -> str:
    return str(getattr(parsed[0], "normal_form", "")).replace("ё", "е") if parsed else ""


def _cases(low: str) -> frozenset[str]:
    """By the ending, where it leaves no doubt: the dictionary takes «Никифоров» for many of the
    name Никифор."""
    if low in _NOT_SURNAMES:
        return frozenset()
    for endings, cases in _BY_ENDING:
        if low.endswith(endings):
            return cases
    return frozenset()


_BY_ENDING = (
    (("ова", "ева", "ёва"), frozenset(("nomn femn", "gent masc", "accs masc"))),
    (("ову", "еву", "ёву"), frozenset(("datv masc", "accs femn"))),
    (("овым", "евым", "ёвым"), frozenset(("ablt masc",))),
    (("овой", "евой", "ёвой"), frozenset(("gent femn", "datv femn", "ablt femn"))),
    (("овых", "евых", "ёвых"), frozenset(("gent plur", "accs plur"))),
    (("ов", "ев", "ёв"), frozenset(("nomn masc",))),
)
_NOT_SURNAMES = frozenset(("лев", "ева", "лёв"))


def _double(word: str) -> Part:
    """«Салтыков-Щедрин», «Анна-Мария»: as its last piece, when every piece may be a name."""
    pieces = [part(piece) for piece in word.split("-") if piece]
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
