"""Layouts of exports that are known beforehand, so that a centre need not map columns by hand.

No system publishes the columns of its export. Those of «Инцидент менеджмент» are the ones seen in
use (columns by letter, columns by name); those of ПОС and 122 are a beginning to be corrected.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from otklik.base.tables import Row, column_index, plain_text
from otklik.casework.intake.rules.dates import looks_like_date
from otklik.casework.intake.rules.fields import Field
from otklik.casework.intake.rules.mapping import guess

_SURE = 0.5
_LONG = 60
_FITS = 0.6


@dataclass(frozen=True, slots=True)
class Layout:
    """`columns`: field → header, or spreadsheet letter where `by_letter`."""

    slug: str
    source: str
    title: str
    about: str
    columns: Mapping[Field, str] = field(default_factory=dict)
    by_letter: bool = False


_UNSURE = "Названия столбцов не опубликованы: сверьте со своей выгрузкой и поправьте."
LAYOUTS = (
    Layout(
        "incident-r",
        "incident",
        "ИМ: даты в столбцах R и S, текст в AI",
        "Выгрузка кабинета «Инцидент менеджмент», столбцы по буквам.",
        {
            Field.RECEIVED_AT: "R",
            Field.ANSWERED_AT: "S",
            Field.TOPIC_GROUP: "T",
            Field.TOPIC: "U",
            Field.SETTLEMENT: "W",
            Field.TEXT: "AI",
        },
        by_letter=True,
    ),
    Layout(
        "incident-t",
        "incident",
        "ИМ: даты в T и U, адрес в X–Z, тема в AC",
        "Выгрузка кабинета «Инцидент менеджмент», столбцы по буквам; текст — по названию столбца.",
        {
            Field.RECEIVED_AT: "T",
            Field.ANSWERED_AT: "U",
            Field.TOPIC_GROUP: "V",
            Field.SETTLEMENT: "X",
            Field.STREET: "Y",
            Field.HOUSE: "Z",
            Field.TOPIC: "AC",
            Field.TAGS: "AR",
        },
        by_letter=True,
    ),
    Layout(
        "incident-named",
        "incident",
        "ИМ: столбцы по названиям",
        "«Текст инцидента», «Тип инцидента», «Итог», «1ый ответ ПИ».",
        {
            Field.RECEIVED_AT: "Дата создания",
            Field.TOPIC_GROUP: "Группа тем",
            Field.TOPIC: "Тема",
            Field.SETTLEMENT: "Муниципалитет",
            Field.TEXT: "Текст инцидента",
            Field.INCIDENT_KIND: "Тип инцидента",
            Field.STATUS: "Итог",
            Field.ANSWER_TEXT: "1ый ответ ПИ",
        },
    ),
    Layout(
        "pos-messages",
        "pos",
        "ПОС: сообщения с категорией и сроком",
        _UNSURE,
        {
            Field.NUMBER: "Номер",
            Field.RECEIVED_AT: "Дата создания",
            Field.TOPIC_GROUP: "Категория",
            Field.TOPIC: "Подкатегория",
            Field.TEXT: "Текст сообщения",
            Field.ADDRESS: "Адрес",
            Field.APPLICANT_NAME: "Заявитель",
            Field.BODY: "Организация",
            Field.EXECUTOR: "Исполнитель",
            Field.STATUS: "Статус",
            Field.DUE_AT: "Плановый срок",
            Field.ANSWERED_AT: "Дата ответа",
            Field.ANSWER_TEXT: "Текст ответа",
            Field.SCORE: "Оценка",
            Field.FAST_TRACK: "Фаст-трек",
            Field.FZ59: "59-ФЗ",
            Field.LINK: "Ссылка",
        },
    ),
    Layout(
        "pos-short",
        "pos",
        "ПОС: краткий список",
        _UNSURE,
        {
            Field.NUMBER: "Номер обращения",
            Field.RECEIVED_AT: "Дата поступления",
            Field.TOPIC: "Факт",
            Field.TEXT: "Описание",
            Field.STATUS: "Состояние",
            Field.DUE_AT: "Срок ответа",
            Field.FZ59: "Обращение по 59-ФЗ",
        },
    ),
    Layout(
        "calls",
        "hotline122",
        "122: список звонков",
        "Единого вида нет: " + _UNSURE[0].lower() + _UNSURE[1:],
        {
            Field.NUMBER: "Номер звонка",
            Field.RECEIVED_AT: "Дата звонка",
            Field.PHONE: "Номер телефона",
            Field.APPLICANT_NAME: "ФИО",
            Field.ADDRESS: "Адрес",
            Field.TOPIC: "Тематика",
            Field.TEXT: "Суть вопроса",
            Field.STATUS: "Результат",
        },
    ),
    Layout(
        "active-citizen",
        "active_citizen",
        "«Активный гражданин»: сообщения и голоса",
        _UNSURE,
        {
            Field.NUMBER: "Номер",
            Field.RECEIVED_AT: "Дата",
            Field.TEXT: "Сообщение",
            Field.TOPIC: "Категория",
            Field.ADDRESS: "Адрес",
            Field.VOTES: "Голосов",
            Field.STATUS: "Статус",
            Field.LINK: "Ссылка",
        },
    ),
)


def layout(slug: str) -> Layout | None:
    return next((one for one in LAYOUTS if one.slug == slug), None)


def placed(
    columns: Mapping[str, str], headers: Sequence[str], sample: Sequence[Row]
) -> dict[str, str]:
    """Field → header of the file: the named columns, and sure guesses for what is left."""
    found: dict[str, str] = {}
    taken: set[int] = set()
    for name, header in columns.items():
        at = column_index(header, headers)
        if at is not None and at not in taken:
            found[str(name)] = headers[at]
            taken.add(at)
    for offer in guess(headers, sample):
        wanted = offer.confidence >= _SURE or offer.field in (Field.TEXT, Field.NUMBER)
        if wanted and str(offer.field) not in found and offer.column not in taken:
            found[str(offer.field)] = headers[offer.column]
            taken.add(offer.column)
    return found


def likeliest(source: str, headers: Sequence[str], sample: Sequence[Row]) -> Layout | None:
    """The layout of that source that the file seems to follow, or None."""
    scored = [(_fit(one, headers, sample), one) for one in LAYOUTS if one.source == source]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] >= _FITS else None


def _fit(one: Layout, headers: Sequence[str], sample: Sequence[Row]) -> float:
    """0…1: the share of columns that are where the layout says and hold what it says."""
    if not one.by_letter:
        there = [column_index(header, headers) is not None for header in one.columns.values()]
        return sum(there) / len(there)
    checks = []
    for name, letter in one.columns.items():
        at = column_index(letter, headers)
        if at is None:
            return 0.0
        if name in (Field.RECEIVED_AT, Field.TEXT, Field.ANSWERED_AT):
            checks.append(_holds(name, at, sample))
    return sum(checks) / len(checks)


def _holds(name: Field, at: int, sample: Sequence[Row]) -> float:
    cells = [row.cells[at] for row in sample if at < len(row.cells)]
    filled = [cell for cell in cells if plain_text(cell)]
    if not filled:
        # Nothing is answered yet: the column of answers is rightly empty.
        return 0.7 if name == Field.ANSWERED_AT else 0.0
    if name == Field.TEXT:
        return float(sum(len(plain_text(cell)) for cell in filled) / len(filled) >= _LONG)
    return sum(looks_like_date(cell) for cell in filled) / len(filled)
