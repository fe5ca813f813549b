"""A text with personal data hidden (152-ФЗ, art. 7), and the way back for whoever has the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from otklik.language.masking import roles
from otklik.language.masking.finding import find
from otklik.language.masking.identity import numbered
from otklik.language.masking.reading import one_text
from otklik.language.masking.spans import PERSON, Span

REPLACEMENTS = {
    "телефон": "телефон",
    "почта": "почта",
    "СНИЛС": "СНИЛС",
    "ИНН": "ИНН",
    "паспорт": "паспорт",
    "свидетельство": "свидетельство",
    "водительское удостоверение": "водительское удостоверение",
    "полис": "полис",
    "карта": "номер карты",
    "дата рождения": "дата рождения",
    "номер машины": "номер машины",
    "кадастровый номер": "кадастровый номер",
    "страница в сети": "страница",
    "IP-адрес": "IP-адрес",
    "квартира": "квартира",
    "адрес": "адрес",
    "лицевой счёт": "лицевой счёт",
}
_OF_ROLE = {
    roles.APPLICANT: "заявитель",
    roles.CITIZEN: "лицо",
    roles.STAFF: "сотрудник",
    roles.OFFICIAL: "должностное лицо",
}
# Staff must know where to go: the house stays, the flat does not.
_STAYS_AT_WORK = frozenset(("адрес",))


@dataclass(frozen=True, slots=True)
class Hidden:
    """One piece of the map back. `at`: where `mask` begins in the masked text."""

    kind: str
    role: str
    at: int
    mask: str
    original: str


@dataclass(frozen=True, slots=True)
class Masked:
    """`found`: what was hidden, in order of place in the original, without overlaps. `hidden`:
    the map back; it holds the personal data, so the caller keeps it where the text itself is."""

    text: str
    found: list[Span]
    hidden: list[Hidden]


def for_work(text: str) -> Masked:
    """For staff without the right to see personal data: persons become their roles, the house
    where the work is to be done stays."""
    return _hidden(text, lambda span: span.kind not in _STAYS_AT_WORK)


def for_publication(text: str) -> Masked:
    """For everybody: nothing that names a living private person or tells where the applicant
    lives. Who holds a public office stays named beside the office (8-ФЗ, art. 13)."""
    return _hidden(text, lambda span: not (span.kind == PERSON and span.role == roles.OFFICIAL))


def unmask(masked: str, hidden: Sequence[Hidden]) -> str:
    """The original; ValueError when the text is not the one the map was made with."""
    parts, last = [], 0
    for one in hidden:
        if masked[one.at : one.at + len(one.mask)] != one.mask or one.at < last:
            raise ValueError("Текст не тот, для которого сохранены скрытые данные.")
        parts += [masked[last : one.at], one.original]
        last = one.at + len(one.mask)
    return "".join([*parts, masked[last:]])


def _hidden(text: str, wanted: Callable[[Span], bool]) -> Masked:
    with one_text():
        chosen = [span for span in find(text) if wanted(span)]
        masks = _masks(text, chosen)
    parts: list[str] = []
    hidden: list[Hidden] = []
    last = at = 0
    for span, mask in zip(chosen, masks, strict=True):
        at += span.start - last
        parts += [text[last : span.start], mask]
        hidden.append(Hidden(span.kind, span.role, at, mask, text[span.start : span.end]))
        last, at = span.end, at + len(mask)
    parts.append(text[last:])
    return Masked("".join(parts), chosen, hidden)


def _masks(text: str, spans: Sequence[Span]) -> list[str]:
    """The same person and the same telephone bear the same number wherever they are."""
    persons = numbered(text, spans)
    roles_of = _roles(spans, persons)
    numbers = _numbers_within(roles_of)
    values: dict[str, dict[str, int]] = {}
    for span in spans:
        if span.kind != PERSON:
            of_kind = values.setdefault(span.kind, {})
            of_kind.setdefault(_value(text, span), len(of_kind) + 1)
    return [
        _of_person(roles_of[person], numbers[person])
        if person
        else _of_value(span.kind, values[span.kind], _value(text, span))
        for span, person in zip(spans, persons, strict=True)
    ]


def _value(text: str, span: Span) -> str:
    return "".join(filter(str.isalnum, text[span.start : span.end])).casefold()


def _of_person(role: str, number: int) -> str:
    return "[заявитель]" if role == roles.APPLICANT else f"[{_OF_ROLE[role]} {number}]"


def _of_value(kind: str, every: dict[str, int], value: str) -> str:
    name = REPLACEMENTS[kind]
    return f"[{name}]" if len(every) == 1 else f"[{name} {every[value]}]"


_RANK = (roles.CITIZEN, roles.STAFF, roles.OFFICIAL, roles.APPLICANT)


def _roles(spans: Sequence[Span], persons: Sequence[int]) -> dict[int, str]:
    """A person said once to be the head of the school is so in every line."""
    told: dict[int, str] = {}
    for span, person in zip(spans, persons, strict=True):
        if person:
            told[person] = max(told.get(person, roles.CITIZEN), span.role, key=_RANK.index)
    return told


def _numbers_within(roles_of: dict[int, str]) -> dict[int, int]:
    counts: dict[str, int] = {}
    numbers: dict[int, int] = {}
    for person, role in sorted(roles_of.items()):
        counts[role] = counts.get(role, 0) + 1
        numbers[person] = counts[role]
    return numbers
