"""Which names in one text are the same person's, in whatever case they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from otklik.language.masking import words
from otklik.language.masking.famous import stem
from otklik.language.masking.spans import PERSON, Span

_PIECE = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Person:
    """Stems of what has been said of a name; a lone letter stands for a word that begins so."""

    surname: str = ""
    name: str = ""
    patronymic: str = ""

    def agrees(self, other: Person) -> bool:
        """Something is the same, and nothing is different."""
        both = list(zip(self._pieces(), other._pieces(), strict=True))
        told = [(one, two) for one, two in both if one and two]
        same = all(one.startswith(two) or two.startswith(one) for one, two in told)
        return same and any(min(len(one), len(two)) > 1 for one, two in told)

    def joined(self, other: Person) -> Person:
        pieces = (max(pair, key=len) for pair in zip(self._pieces(), other._pieces(), strict=True))
        return Person(*pieces)

    def _pieces(self) -> tuple[str, str, str]:
        return self.surname, self.name, self.patronymic


def numbered(text: str, spans: Sequence[Span]) -> list[int]:
    """For each span of a person, whose it is: numbers from 1 in order of place; 0 for others."""
    people: list[Person] = []
    told: list[int] = []
    for span in spans:
        if span.kind != PERSON:
            told.append(0)
            continue
        person = _read(text[span.start : span.end])
        at = next((i for i, known in enumerate(people) if known.agrees(person)), len(people))
        if at == len(people):
            people.append(person)
        else:
            people[at] = people[at].joined(person)
        told.append(at + 1)
    return told


def _read(name: str) -> Person:
    person = Person()
    for piece in _PIECE.findall(name):
        person = _with(person, piece)
    return person


def _with(person: Person, piece: str) -> Person:
    low = stem(piece)
    if len(piece) == 1:
        return replace(person, patronymic=low) if person.name else replace(person, name=low)
    part = words.part(piece)
    if part.patronymic and (person.name or not part.surname):
        return replace(person, patronymic=_patronymic(low))
    if part.name and not person.name and (person.surname or not part.surname):
        return replace(person, name=low)
    return replace(person, surname=low) if not person.surname else replace(person, name=low)


def _patronymic(low: str) -> str:
    return re.sub(r"(?:вич|вн|ыч|ич)$", "", low)
