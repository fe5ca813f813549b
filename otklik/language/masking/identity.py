"""Which names in one text are the same person's, in whatever case they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from otklik.language.masking import words
from otklik.language.masking.famous import stem
from otklik.language.masking.spans import PERSON, Span

# Namesakes looked through: a text of a million letters must not take an hour.
_ALIKE = 50
_PIECE = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Person:
    """Stems of what has been said of a name; a lone letter stands for a word that begins so."""

    surname: str = ""
    name: str = ""
    patronymic: str = ""

    def agrees(self, other: Person) -> bool:
        """Something is the same, and nothing is different."""
        same = False
        for one, two in zip(self.pieces(), other.pieces(), strict=True):
            if not one or not two:
                continue
            if not (one.startswith(two) or two.startswith(one)):
                return False
            same = same or min(len(one), len(two)) > 1
        return same

    def joined(self, other: Person) -> Person:
        pieces = (max(pair, key=len) for pair in zip(self.pieces(), other.pieces(), strict=True))
        return Person(*pieces)

    def pieces(self) -> tuple[str, str, str]:
        return self.surname, self.name, self.patronymic


def numbered(text: str, spans: Sequence[Span]) -> list[int]:
    """For each span of a person, whose it is: numbers from 1 in order of place; 0 for others."""
    known = _Known()
    return [
        known.number(_read(text[span.start : span.end])) if span.kind == PERSON else 0
        for span in spans
    ]


class _Known:
    """The people of one text so far, found by the beginnings of their names."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self.by_beginning: dict[str, list[int]] = {}

    def number(self, person: Person) -> int:
        """From 1; the same for whoever agrees with somebody named before."""
        at = next((i for i in self._alike(person) if self.people[i].agrees(person)), None)
        if at is None:
            at = len(self.people)
            self.people.append(person)
        else:
            self.people[at] = self.people[at].joined(person)
        for beginning in self._beginnings(person):
            listed = self.by_beginning.setdefault(beginning, [])
            if at not in listed[-_ALIKE:]:
                listed.append(at)
        return at + 1

    def _alike(self, person: Person) -> list[int]:
        found = {
            at
            for beginning in self._beginnings(person)
            for at in self.by_beginning.get(beginning, [])[:_ALIKE]
        }
        return sorted(found)

    def _beginnings(self, person: Person) -> list[str]:
        return [
            f"{place}{piece[:3]}" for place, piece in enumerate(person.pieces()) if len(piece) > 1
        ]


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
