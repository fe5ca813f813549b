"""Messages with personal data marked by hand, and how much of it is found.

A line is a message, `\\n` in it a line break; `{kind|text}` marks a piece. A person's kind is the
role: заявитель, гражданин, должностное лицо.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from otklik.language.masking import PERSON, Span, find

HERE = Path(__file__).parent
KNOWN = HERE / "people.txt"
HELD_OUT = HERE / "people_held_out.txt"
STRANGERS = HERE / "people_strangers.txt"
"""By another hand: names, contacts and documents alone are marked, homes and birthdays are not."""
HELD_OUT_SECOND = HERE / "people_held_out_second.txt"
"""By the same hand; its misses have been read and mended in general ways."""
HELD_OUT_THIRD = HERE / "people_held_out_third.txt"
"""By the same hand, never read by whoever writes rules: look at its figures alone."""
VARIED = HERE / "people_varied.txt"
"""Names in unusual forms, and what only looks like a name; names alone are marked throughout."""
VARIED_SECOND = HERE / "people_varied_second.txt"
"""Those singled out, foreign and maiden surnames, ordinary words for surnames; names of ships, cars
and streets beside them. Written to see what is still missed."""
_PIECE = re.compile(r"\{([^|{}]+)\|([^{}]+)\}")
_ROLES = frozenset(("заявитель", "гражданин", "должностное лицо"))
DOCUMENTS = frozenset(
    ("паспорт", "СНИЛС", "ИНН", "свидетельство", "водительское удостоверение", "полис", "карта")
)
MARKED_BY_STRANGERS = DOCUMENTS | {PERSON, "телефон", "почта"}


@dataclass(frozen=True)
class Marked:
    """`pieces`: kinds and positions; a person's kind is PERSON, with a role."""

    text: str
    pieces: tuple[Span, ...]


@dataclass
class Score:
    """Of one kind: `real` pieces marked, `hit` of them wholly found; `called` pieces found,
    `right` of them marked; `same_role` of the hit persons with the right role."""

    real: int = 0
    hit: int = 0
    called: int = 0
    right: int = 0
    same_role: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.hit / self.real if self.real else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.called if self.called else 1.0


def read(path: Path) -> list[Marked]:
    return [_marked(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _marked(line: str) -> Marked:
    line = line.replace("\\n", "\n")
    parts: list[str] = []
    pieces: list[Span] = []
    last = at = 0
    for match in _PIECE.finditer(line):
        at += match.start() - last
        kind, text = match.groups()
        person = kind in _ROLES
        pieces.append(Span(PERSON if person else kind, at, at + len(text), kind if person else ""))
        parts += [line[last : match.start()], text]
        last, at = match.end(), at + len(text)
    return Marked("".join([*parts, line[last:]]), tuple(pieces))


def score(every: Iterable[Marked]) -> dict[str, Score]:
    """By kind. A piece counts as found when no letter or digit of it stays to be read; a find is
    right when at least half of it is marked, of whatever kind."""
    told: dict[str, Score] = {}
    for one in every:
        found = find(one.text)
        covered = set(_places(found))
        real = set(_places(one.pieces))
        for piece in one.pieces:
            _count_real(told.setdefault(piece.kind, Score()), one.text, piece, found, covered)
        for span in found:
            of_kind = told.setdefault(span.kind, Score())
            inside = sum(place in real for place in range(span.start, span.end))
            of_kind.called += 1
            if inside * 2 >= span.end - span.start:
                of_kind.right += 1
            else:
                of_kind.wrong.append(_context(one.text, span))
    return told


def _count_real(
    of_kind: Score, text: str, piece: Span, found: list[Span], covered: set[int]
) -> None:
    of_kind.real += 1
    inside = set(range(piece.start, piece.end)) - covered
    open_ = [i for i in inside if text[i].isalnum() and not _joins(text, i)]
    if open_:
        of_kind.missed.append(_context(text, piece))
        return
    of_kind.hit += 1
    span = next(span for span in found if span.end > piece.start)
    of_kind.same_role += _same_role(span.role, piece.role)


def _joins(text: str, at: int) -> bool:
    """The «и» of «Ольга и Сергей» names nobody."""
    return text[at] == "и" and text[at - 1 : at + 2] == " и "


def _same_role(called: str, real: str) -> bool:
    return called == real or (called == "сотрудник" and real != "заявитель")


def _places(spans: Iterable[Span]) -> Iterator[int]:
    for span in spans:
        yield from range(span.start, span.end)


def _context(text: str, span: Span) -> str:
    head, tail = text[max(0, span.start - 30) : span.start], text[span.end : span.end + 20]
    return f"{head}⟦{text[span.start : span.end]}⟧{tail}".replace("\n", "⏎")


def total(told: dict[str, Score], kinds: Iterable[str]) -> Score:
    """Of several kinds together."""
    chosen = [told[kind] for kind in kinds if kind in told]
    return Score(
        *(
            sum(getattr(one, name) for one in chosen)
            for name in ("real", "hit", "called", "right", "same_role")
        )
    )
