"""What a message is about: beginnings of words that name a matter of town life.

The longest beginning wins, so «водитель» does not speak of water. A matter weighs by how much it
tells apart: a leak on a street is one, «дорога» is many.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from otklik.language.cleaning import clean
from otklik.language.lemmas import tokens

_LIST = Path(__file__).parent / "matters.txt"
MAX_CHARS = 4000
LONGEST_BEGINNING = 12

VENUE, OWN, INDOORS = "@", "!", "^"
_MARKS = VENUE + OWN + INDOORS
_ABSENT = re.compile(
    r"\b(?:нет|без|нету|отключ\w*|отруб\w*|выруб\w*|пропа\w*|пуст\w*|сух\w*|обесточ\w*|ни капли|"
    r"не (?:работа\w*|гор\w*|включ\w*|дали|ловит|топят|греют)|выбило|погас\w*|молчит|сгорел\w*)\b"
)
_COLD_WATER = re.compile(r"\bхолодн\w+ (?=вод)")
_NOT_LIT = re.compile(r"\bне гор(?:ит|ят|ел|ели)\b")
_WHOLE = re.compile(r"\b(?:весь|вся|всей|всю|всему|полностью|целиком)\b")
_SETTLED = re.compile(r"\b(?:деревн\w*|сел[оаеу]|посел(?:ок|к)\w*|(?:микро)?район\w*|весь город)\b")
_ORDINALS = (
    "нулев", "перв", "втор", "трет", "четверт", "пят", "шест", "седьм", "восьм", "девят", "десят",
    "одиннадцат", "двенадцат",
)  # fmt: skip
_ORDINAL = "|".join(_ORDINALS[1:])
_ENTRANCE = re.compile(
    rf"подъезд\w*\s*(?:№\s*)?(\d{{1,2}})\b|\b(\d{{1,2}})(?:-?(?:й|ый|ой|го|м|ом|ем))?\s+подъезд"
    rf"|\b({_ORDINAL})\w*\s+подъезд"
)
_ROUTE = re.compile(
    rf"(?:автобус|маршрут|маршрутк)\w*\s*(?:№\s*)?(\d{{1,3}})\b"
    rf"|\b(\d{{1,3}})(?:-?(?:й|ый|ой|го))?\s+(?:автобус|маршрут)"
    rf"|\b({_ORDINAL})\w*\s+(?:автобус|маршрут)"
)


@dataclass(frozen=True, slots=True)
class Profile:
    """`matters` by weight, `stems` of the words by weight; figures that tell things apart."""

    matters: dict[str, float]
    stems: dict[str, float]
    absent: bool
    whole: bool
    settled: bool
    numbered: bool
    entrances: frozenset[int]
    routes: frozenset[int]


@lru_cache(maxsize=4096)
def profile(text: str) -> Profile:
    """What `text` is about; its first `MAX_CHARS` characters."""
    plain = clean(text[:MAX_CHARS]).casefold().replace("ё", "е")
    plain = _NOT_LIT.sub("нет", _COLD_WATER.sub("", plain))
    words = tokens(plain)
    matters = {slug: _by_slug()[slug][1] for word in words if (slug := _matter(word))}
    if "автобус" in plain and "schoolbus" in matters and "bus" in matters:
        del matters["bus"]
    elif "schoolbus" in matters:
        del matters["schoolbus"]
        matters["school"] = _by_slug()["school"][1]
    return Profile(
        matters,
        {stem: _weight(stem) for stem in map(stem_of, words) if len(stem) > 2},
        bool(_ABSENT.search(plain)),
        bool(_WHOLE.search(plain)),
        bool(_SETTLED.search(plain)),
        any(word[0].isdigit() for word in words),
        _figures(_ENTRANCE, plain),
        _figures(_ROUTE, plain),
    )


def title_of(matter: str) -> str:
    return _by_slug()[matter][0]


def stem_of(word: str) -> str:
    """The first five letters, enough to join the forms of most Russian words; numbers whole."""
    return word[:5] if word[:1].isalpha() else ""


def common_share(first: dict[str, float], second: dict[str, float]) -> float:
    """The weight of what both have, of the weight of the lesser, 0–1."""
    least = min(sum(first.values()), sum(second.values()))
    return sum(first[key] for key in first.keys() & second.keys()) / least if least else 0.0


def _figures(pattern: re.Pattern[str], text: str) -> frozenset[int]:
    found = (next(part for part in match if part) for match in pattern.findall(text))
    return frozenset(int(one) if one.isdigit() else _ORDINALS.index(one) for one in found)


def _matter(word: str) -> str:
    beginnings = _beginnings()
    for length in range(min(len(word), LONGEST_BEGINNING), 1, -1):
        slug = beginnings.get(word[:length])
        if slug is not None:
            return slug
    return ""


@lru_cache(maxsize=1)
def _common_stems() -> frozenset[str]:
    return frozenset(word[:5] for word in _listed("~"))


def _weight(stem: str) -> float:
    return 0.1 if stem in _common_stems() else 1.0


@lru_cache(maxsize=1)
def _by_slug() -> dict[str, tuple[str, float]]:
    return {row[0].rstrip(_MARKS): (row[1], float(row[2])) for row in _rows() if len(row) > 2}


@lru_cache(maxsize=4)
def marked(mark: str) -> frozenset[str]:
    """Matters with that mark of the list."""
    return frozenset(row[0].rstrip(_MARKS) for row in _rows() if mark in row[0])


@lru_cache(maxsize=1)
def _rows() -> list[list[str]]:
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    return [line.split("|") for line in lines if line and not line.startswith("#")]


def _listed(kind: str) -> list[str]:
    return [word for row in _rows() if row[0] == kind for word in row[1].split()]


@lru_cache(maxsize=1)
def _beginnings() -> dict[str, str]:
    found = dict.fromkeys(_listed("-"), "")
    for row in _rows():
        if len(row) > 2:
            found |= dict.fromkeys(row[3].split(), row[0].rstrip(_MARKS))
    return found


def titles(matters: Iterable[str]) -> list[str]:
    """The heaviest first."""
    return [title_of(slug) for slug in sorted(matters, key=lambda slug: -_by_slug()[slug][1])]
