"""Which column fills which field: said by a person, kept in a profile, or guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from otklik.base.errors import Refused
from otklik.base.tables import Row, column_index, header_key, plain_text
from otklik.casework.intake.rules.dates import looks_like_date
from otklik.casework.intake.rules.fields import REQUIRED, Field

_SURE = 0.5


@dataclass(frozen=True, slots=True)
class Guess:
    """A column for a field; confidence 0…1, of which 0.5 and more is offered without asking."""

    field: Field
    column: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Columns:
    """Positions of columns by field, and Russian notes about named columns that are absent."""

    at: dict[Field, int]
    notes: tuple[str, ...] = ()


def is_known(header: str) -> bool:
    """Whether a header is a usual one; helps to find the header row."""
    return _key(header) in _FIELD_BY_ALIAS


def guess(headers: Sequence[str], sample: Sequence[Row]) -> list[Guess]:
    """The likeliest column for every field that has one; no column is used twice."""
    offers = [
        Guess(field, column, score)
        for column, header in enumerate(headers)
        for field, score in _by_name(header)
    ]
    offers += _by_content(len(headers), sample)
    offers.sort(key=lambda offer: (-offer.confidence, offer.column))
    taken: dict[Field, Guess] = {}
    used: set[int] = set()
    for offer in offers:
        if offer.field not in taken and offer.column not in used:
            taken[offer.field] = offer
            used.add(offer.column)
    return sorted(taken.values(), key=lambda offer: offer.column)


def sure(guesses: Sequence[Guess], headers: Sequence[str]) -> dict[str, str]:
    """A mapping field → header of the guesses that need no second look."""
    return {str(g.field): headers[g.column] for g in guesses if g.confidence >= _SURE}


def columns_of(mapping: Mapping[str, str], headers: Sequence[str]) -> Columns:
    """Find the mapped headers in a file.

    Raises Refused when a field is unknown, or when the column of the text or of the number is
    absent: without them rows cannot be told apart. Other absent columns are only noted.
    """
    at: dict[Field, int] = {}
    notes: list[str] = []
    for name, header in mapping.items():
        field = _field(name)
        column = column_index(header, headers)
        if column is not None:
            at[field] = column
        elif field in (*REQUIRED, Field.NUMBER):
            raise Refused(f"В файле нет столбца «{header}» ({field.label}).", _have(headers))
        else:
            notes.append(f"В файле нет столбца «{header}»: поле «{field.label}» останется пустым.")
    for field in REQUIRED:
        if field not in at:
            raise Refused(
                f"Не указано, в каком столбце «{field.label}».",
                f"Добавьте соответствие, например --map {field}='ЗАГОЛОВОК'. {_have(headers)}",
            )
    return Columns(at, tuple(notes))


def _field(name: str) -> Field:
    try:
        return Field(name.strip())
    except ValueError:
        known = ", ".join(field.value for field in Field)
        raise Refused(f"Поля «{name}» нет.", f"Есть поля: {known}.") from None


def _have(headers: Sequence[str]) -> str:
    return "В файле есть столбцы: " + ", ".join(f"«{header}»" for header in headers) + "."


def _key(header: str) -> str:
    return re.sub(r" \(\d+\)$", "", header_key(header))


_FIELD_BY_ALIAS = {_key(alias): field for field in Field for alias in field.aliases}


def _by_name(header: str) -> list[tuple[Field, float]]:
    key = _key(header)
    if field := _FIELD_BY_ALIAS.get(key):
        return [(field, 1.0)]
    upper, slash, lower = header.rpartition(" / ")
    if slash and (field := _FIELD_BY_ALIAS.get(_key(lower))):
        return [(_in_group(_key(upper), field), 0.9)]
    offers = []
    for alias, field in _FIELD_BY_ALIAS.items():
        if len(alias) > 3 and re.search(rf"(?<!\w){re.escape(alias)}(?!\w)", key):
            offers.append((field, 0.4 + 0.35 * len(alias) / len(key)))
    return offers


def _in_group(group: str, field: Field) -> Field:
    """«Ответ / Дата» and «Ответ / Текст» are the answer's, not the message's."""
    if group.startswith("ответ"):
        return {Field.RECEIVED_AT: Field.ANSWERED_AT, Field.TEXT: Field.ANSWER_TEXT}.get(
            field, field
        )
    return field


def _by_content(width: int, sample: Sequence[Row]) -> list[Guess]:
    """Weak guesses from what stands in the columns: long texts, dates, distinct numbers."""
    offers = []
    for column in range(width):
        cells = [row.cells[column] for row in sample if column < len(row.cells)]
        texts = [plain_text(cell) for cell in cells if cell is not None]
        if not texts:
            continue
        length = sum(map(len, texts)) / len(texts)
        if length > 60:
            offers.append(Guess(Field.TEXT, column, min(0.49, 0.3 + length / 5000)))
        if sum(looks_like_date(cell) for cell in cells) >= 0.8 * len(texts):
            offers.append(Guess(Field.RECEIVED_AT, column, 0.4 - 0.001 * column))
        numbered = all(re.fullmatch(r"[\w/.\-№]{1,30}", text) for text in texts)
        if numbered and len(set(texts)) == len(texts) and any(c.isdigit() for c in texts[0]):
            offers.append(Guess(Field.NUMBER, column, 0.35 - 0.001 * column))
    return offers
