"""What a word may be in a name, and the words that stand before people and places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from otklik.language.lemmas import LONGEST_WORD, analyser

_PATRONYMIC = re.compile(
    r"[а-яё]{2,}(?:(?:[оеё]вич|[^о]ич)(?:а|у|ем|ом|е|ам|и|ей)?|(?:[оеё]вн|ьевн|иничн|ичн)(?:а|е|у|ой|ою|ы))"
)
_SURNAME = re.compile(
    r"[а-яё]{2,}(?:(?:ов|ев|ёв|ин|ын)(?:а|у|ым|ой|е|ых|ы)?|(?:ск|цк)(?:ий|ого|ому|им|ом|ая|ой|ую)"
    r"|енко|чук|юк|[оы]х|ян|идзе|швили|дзе)"
)
_LIKELY = 0.02

INTRODUCING = frozenset(
    ["зовут", "зовите", "подпись", "фамилия", "уважением", "заявитель", "заявительница", "имя"]
)
_ROLES = re.compile(
    r"сосед(?:ка|ки|ке|кой|у|а|ом)?|гр|гражданин(?:а|у|ом)?|гражданк[аиеу]|г-н|г-жа|господин(?:а|у)?"
    r"|госпож[аеу]|собственни[кц]\w{0,3}|жилец|жильц\w{1,3}|абонент\w{0,2}|директор\w{0,2}"
    r"|заведующ\w{2,4}|мастер\w{0,2}|врач\w{0,3}|фельдшер\w{0,2}|участков\w{2,3}|инспектор\w{0,2}"
    r"|депутат\w{0,2}|учител\w{1,6}|начальник\w{0,2}|водител\w{1,3}|пенсионер\w{0,4}|ветеран\w{0,2}"
    r"|председател\w{1,3}|диспетчер\w{0,2}|бухгалтер\w{0,2}|старост\w{1,2}|воспитател\w{1,6}"
    r"|ученик\w{0,2}|учениц\w{1,2}|тренер\w{0,2}|специалист\w{0,2}|сотрудни[кц]\w{0,2}|слесар\w{1,2}"
)
_STREETS = re.compile(
    r"ул|улиц\w{0,3}|улк\w|пер|переул\w{1,4}|пр|пр-т|пр-кт|просп|проспект\w{0,2}|пл|площад\w{1,3}"
    r"|проезд\w{0,2}|бульвар\w{0,2}|б-р|бул|набережн\w{2,3}|наб|шоссе|тупик\w{0,2}|алле\w{1,2}"
    r"|микрорайон\w{0,2}|мкр|сквер\w{0,2}|имени|им|квартал\w{0,2}|остановк\w{1,2}"
)
_NAMED = re.compile(
    r"памятник\w{0,2}|школ\w{1,2}|гимнази\w{1,2}|лице\w{1,2}|библиотек\w{1,2}|театр\w{0,2}|парк\w{0,2}"
    r"|музе\w{1,2}|дом-музе\w{1,2}|бюст\w{0,2}|мост\w{0,2}|больниц\w{1,2}|кинотеатр\w{0,2}|пос[её]л\w{1,3}"
    r"|деревн\w{1,2}|сел[оаеу]|хутор\w{0,2}|станиц\w{1,2}|город\w{0,2}|пос|дер|колхоз\w{0,2}"
)
_SETTLEMENTS = frozenset(("с", "д", "г", "п", "х", "ст", "пгт"))
_TITLES = re.compile(
    r"академик\w{0,2}|маршал\w{0,2}|генерал\w{0,2}|геро[ея]\w{0,2}|космонавт\w{0,2}|брать\w{1,2}|полковник\w{0,2}"
    r"|адмирал\w{0,2}|капитан\w{0,2}|л[её]тчик\w{0,2}|доктор\w{0,2}|профессор\w{0,2}|имени|им|святого"
    r"|лейтенант\w{0,2}|майор\w{0,2}|сержант\w{0,2}|рядового|партизан\w{0,2}|комдива|композитора|поэта"
    r"|писателя|художника|сест[её]р|князя|императора|генерал-\w{1,12}"
)


@dataclass(frozen=True, slots=True)
class Part:
    capital: bool = False
    name: bool = False
    surname: bool = False
    patronymic: bool = False
    known: bool = False
    """The dictionary itself calls it a name of that kind."""
    genitive: bool = False
    nominative: bool = False

    @property
    def nominative_person(self) -> bool:
        """A name or surname in the nominative that cannot be a genitive."""
        return self.nominative and not self.genitive


NOTHING = Part()


@lru_cache(maxsize=100_000)
def is_street(word: str) -> bool:
    return _STREETS.fullmatch(word.casefold()) is not None


def is_short_settlement(word: str) -> bool:
    """«с.», «д.» with their full stop; without it «с» is a preposition."""
    return word in _SETTLEMENTS


@lru_cache(maxsize=100_000)
def is_named(word: str) -> bool:
    return _NAMED.fullmatch(word.casefold()) is not None


@lru_cache(maxsize=100_000)
def is_title(word: str) -> bool:
    return _TITLES.fullmatch(word.casefold()) is not None


@lru_cache(maxsize=100_000)
def is_patronymic(word: str) -> bool:
    """By its ending alone: «кирпич» passes as well, so a name must stand beside it."""
    return _PATRONYMIC.fullmatch(word.casefold()) is not None


def is_role(word: str) -> bool:
    return _ROLES.fullmatch(word.casefold()) is not None


@lru_cache(maxsize=100_000)
def part(word: str) -> Part:
    """What the word may be as a piece of a person's name; pure, so a process may remember it."""
    if len(word) > LONGEST_WORD:
        return NOTHING
    capital = word[0].isupper()
    low = word.casefold()
    parsed = [item for item in analyser().parse(low) if item.score >= _LIKELY]
    tags = [
        item.tag
        for item in parsed
        if {"Name", "Surn", "Patr"} & item.tag.grammemes and item.tag.number != "plur"
    ]
    dictionary = bool(parsed) and parsed[0].is_known
    by_ending = capital and _SURNAME.fullmatch(low) is not None and not (dictionary and not tags)
    surname = by_ending or any("Surn" in tag for tag in tags)
    name = any("Name" in tag for tag in tags)
    cases = {tag.case for tag in tags}
    return Part(
        capital=capital,
        name=name,
        surname=surname,
        patronymic=is_patronymic(word),
        known=dictionary and bool(tags),
        genitive="gent" in cases or not tags,
        nominative="nomn" in cases,
    )
