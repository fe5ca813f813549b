"""Hiding personal data in a text before anybody outside reads it.

Streets named after people stay: a name next to a street word or a house number is a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from otklik.language.lemmas import LONGEST_WORD, analyser

REPLACEMENTS = {
    "телефон": "[телефон]",
    "почта": "[почта]",
    "СНИЛС": "[СНИЛС]",
    "паспорт": "[паспорт]",
    "карта": "[номер карты]",
    "номер машины": "[номер машины]",
    "страница в сети": "[страница]",
    "квартира": "[квартира]",
    "имя": "[имя]",
}
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("почта", re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")),
    (
        "страница в сети",
        re.compile(
            r"(?:https?://)?(?:m\.)?(?:vk\.com|vk\.ru|ok\.ru|t\.me|max\.ru)/[\w.\-/]{1,100}|\[(?:id|club)\d+\|[^\]]{1,100}\]|(?<![\w.])@[A-Za-z]\w{3,31}"
        ),
    ),
    ("СНИЛС", re.compile(r"(?<!\d)\d{3}-\d{3}-\d{3}[ -]\d{2}(?!\d)")),
    ("карта", re.compile(r"(?<!\d)\d{4}([ -]?)\d{4}\1\d{4}\1\d{4}(?:\1\d{3})?(?!\d)")),
    ("паспорт", re.compile(r"(?i)паспорт\w*\D{0,25}?(\d{2}\s?\d{2}\s?№?\s?\d{6})(?!\d)")),
    (
        "телефон",
        re.compile(
            r"(?<![\d.,/-])(?:\+7|\b8|\b7)[\s(-]{0,2}\d{3,5}[\s)-]{0,2}\d{1,3}[\s-]?\d{2}[\s-]?\d{2}(?!\d)"
        ),
    ),
    (
        "телефон",
        re.compile(
            r"(?i)(?:тел(?:ефон)?\w*|т\.|моб\w*|звон\w+|номер)[\s.:№]{1,4}(\d[\d\s()-]{3,16}\d)(?!\d)"
        ),
    ),
    ("телефон", re.compile(r"(?<![\d.,/-])\(\d{3,5}\)\s?\d{1,3}[\s-]?\d{2}[\s-]?\d{2}(?!\d)")),
    ("телефон", re.compile(r"(?<![\d.,/-])\d{1,3}-\d{2}-\d{2}(?![\d.-])")),
    (
        "номер машины",
        re.compile(
            r"(?<![\w])[АВЕКМНОРСТУХавекмнорстух]\s?\d{3}\s?[АВЕКМНОРСТУХавекмнорстух]{2}\s?\d{2,3}(?!\d)"
        ),
    ),
    ("квартира", re.compile(r"(?i)\b(?:кв(?:артир\w*)?)\s?[.№]?\s?\d{1,4}\b")),
)
_CAPITAL = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_INITIALS = r"[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?"
_NAMES = (
    re.compile(rf"\b({_CAPITAL})\s{{1,3}}{_INITIALS}"),
    re.compile(rf"(?<![\w.]){_INITIALS}\s{{0,3}}({_CAPITAL})\b"),
    re.compile(rf"\b{_CAPITAL}(?:[ \t]{{1,3}}{_CAPITAL}){{1,2}}\b"),
    re.compile(
        rf"(?i:меня зовут|моя фамилия|с уважением|подпись|заявитель)[\s,:—-]{{1,5}}({_CAPITAL}(?:[ \t]{_CAPITAL}){{0,2}})"
    ),
)
_STREET_BEFORE = re.compile(
    r"(?i)(?:\b(?:ул|улиц\w*|пер|переул\w*|пр|пр-т|просп\w*|пл|площад\w*|проезд\w*|бульвар\w*|б-р|"
    r"набережн\w*|наб|шоссе|ш|тупик\w*|аллея|алле\w*|микрорайон\w*|мкр|сквер\w*|парк\w*|имени|им|"
    r"памятник\w*|школ\w*|библиотек\w*|театр\w*|пос|посел\w*|село|деревн\w*|с|д|г|город\w*))\.?\s{0,3}"
    r"(?:[А-ЯЁ]?[а-яё]+\s)?$"
)
_STREET_AFTER = re.compile(
    r"(?i)^\s{0,3},?\s?(?:д(?:ом)?\.?\s?)?\d{1,3}\b|^\s{0,3}(?:ул|улиц\w*|пер|просп\w*|проезд\w*)\b"
)


@dataclass(frozen=True, slots=True)
class Span:
    """`start`–`end` are character positions in the original text."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Masked:
    text: str
    found: list[Span]


def mask(text: str) -> Masked:
    """The text with personal data replaced by words, and where they were."""
    found = _without_overlaps([*_by_pattern(text), *_names(text)])
    parts, last = [], 0
    for span in found:
        parts += [text[last : span.start], REPLACEMENTS[span.kind]]
        last = span.end
    parts.append(text[last:])
    return Masked("".join(parts), found)


def mask_file_name(name: str) -> str:
    """A file name without personal data; the ending stays."""
    stem, dot, ending = name.rpartition(".")
    spaced = (stem if dot else name).replace("_", " ")
    hidden = mask(spaced).text
    return f"{hidden}.{ending}" if dot else hidden


def _by_pattern(text: str) -> Iterator[Span]:
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            group = (
                1 if kind in ("телефон", "паспорт") and match.re.groups and match.group(1) else 0
            )
            if kind == "карта" and not _luhn(match.group(0)):
                continue
            yield Span(kind, match.start(group), match.end(group))


def _names(text: str) -> Iterator[Span]:
    for index, pattern in enumerate(_NAMES):
        for match in pattern.finditer(text):
            group = 1 if index == 3 else 0
            start, end = match.start(group), match.end(group)
            if _is_place(text, start, end):
                continue
            if index == 2:
                trimmed = _person_words(text, start, end)
                if trimmed is None or _is_place(text, *trimmed):
                    continue
                start, end = trimmed
            yield Span("имя", start, end)


def _is_place(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 40) : start], text[end : end + 20]
    return bool(_STREET_BEFORE.search(before) or _STREET_AFTER.search(after))


def _person_words(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The part of a run of capitalised words that is a person: needs a patronymic or a name and a
    surname beside each other."""
    words = [
        (m.group(0), start + m.start(), start + m.end())
        for m in re.finditer(r"[\w-]+", text[start:end])
    ]
    kinds = [_name_kinds(word) for word, _, _ in words]
    named = [i for i, kind in enumerate(kinds) if kind]
    if not any("Patr" in kind for kind in kinds) and not (
        any("Name" in kind for kind in kinds)
        and any("Surn" in kind for kind in kinds)
        and len(named) > 1
    ):
        return None
    return words[named[0]][1], words[named[-1]][2]


@lru_cache(maxsize=50_000)
def _name_kinds(word: str) -> frozenset[str]:
    if len(word) > LONGEST_WORD:
        return frozenset()
    parsed = analyser().parse(word)
    found = {
        kind
        for item in parsed
        for kind in ("Name", "Surn", "Patr")
        if kind in item.tag and item.score > 0.05
    }
    if re.search(r"(?:ович|евич|ьич|овн|евн|иничн)(?:а|у|ем|ом|е|ой|ы|ею)?$", word.casefold()):
        found.add("Patr")
    if re.search(
        r"(?:ов|ев|ёв|ин|ын|ский|цкий|енко|ук|юк|ых)(?:а|у|ым|ой|ом|е|ого|ому)?$|ская|цкая|скую",
        word.casefold(),
    ):
        found.add("Surn")
    return frozenset(found)


def _luhn(digits: str) -> bool:
    numbers = [int(sign) for sign in digits if sign.isdigit()]
    checksum = 0
    for i, n in enumerate(reversed(numbers)):
        checksum += n if i % 2 == 0 else (n * 2 - 9 if n > 4 else n * 2)
    return len(numbers) >= 13 and checksum % 10 == 0


def _without_overlaps(spans: list[Span]) -> list[Span]:
    taken: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -(s.end - s.start))):
        if not taken or span.start >= taken[-1].end:
            taken.append(span)
    return taken
