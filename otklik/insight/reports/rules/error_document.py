"""The report on errors and missed terms as a document and as rows of a table (dedovichi:13.8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from otklik.insight.papers.rules import Column, Document, Section, Table
from otklik.language.wording import NBSP, counted, date_words, number, period_words

FINDINGS = ("запись", "записи", "записей")
SHOWN = 200
"""More rows than people read on paper; the table file has all of them."""
METHOD = (
    "Нарушение срока учитывается по дню, когда срок истёк; ошибка в ответе — по дню, "
    "когда ответ подготовлен; конфликт — по дню, когда он произошёл."
)
SORTS = {
    "fault": "Ошибки в ответах",
    "late": "Нарушения сроков",
    "conflict": "Конфликты и ошибки общения",
}


@dataclass(frozen=True, kw_only=True)
class ErrorRow:
    """One finding in words; `url` leads to it."""

    sort: str
    on: str
    appeal: str
    kind: str
    body: str
    person: str
    essence: str
    state: str
    url: str


@dataclass(frozen=True, kw_only=True)
class ErrorFigures:
    """What the report says, in numbers and words; `advice`: (body, text, state)."""

    since: date
    until: date
    municipality: str
    centre: str
    addressee: str
    signer: str
    bodies: Sequence[tuple[str, int, int, int, int]]
    kinds: Sequence[tuple[str, str, int, int]]
    rows: Sequence[ErrorRow]
    advice: Sequence[tuple[str, str, str]]


def error_document(figures: ErrorFigures, *, dated: date | None = None) -> Document:
    """What both DOCX and PDF are written from."""
    sections = [_summary(figures)]
    sections += [
        _register(figures, sort, title)
        for sort, title in SORTS.items()
        if any(row.sort == sort for row in figures.rows)
    ]
    if figures.advice:
        sections.append(_advice(figures))
    numbered = [
        one.model_copy(update={"title": f"{place}.{NBSP}{one.title}"})
        for place, one in enumerate(sections, start=1)
    ]
    return Document(
        title="Отчёт",
        about="об ошибках в ответах и нарушениях сроков",
        organisation=figures.municipality,
        centre=figures.centre,
        addressee=figures.addressee,
        period=f"за{NBSP}период {period_words(figures.since, figures.until)}",
        number="",
        dated=date_words(dated) if dated else "",
        signer=figures.signer,
        sections=tuple(numbered),
        method=(METHOD,),
    )


def _summary(figures: ErrorFigures) -> Section:
    total = sum(count for _, _, count, _ in figures.kinds)
    if not total:
        return Section(
            key="summary", title="Итоги", lines=("Ошибок и нарушений сроков не выявлено.",)
        )
    unmended = sum(bad for _, _, _, bad in figures.kinds)
    left = f"не исправлено — {number(unmended)}" if unmended else "все исправлены"
    parts = [
        f"{title.lower()} — {number(count)}"
        for sort, title in SORTS.items()
        if (count := sum(n for of, _, n, _ in figures.kinds if of == sort))
    ]
    line = f"Выявлено и учтено: {counted(total, FINDINGS)} ({'; '.join(parts)}); {left}."
    return Section(
        key="summary", title="Итоги", lines=(line,), blocks=(_bodies(figures), _kinds(figures))
    )


def _bodies(figures: ErrorFigures) -> Table:
    titles = ("Ошибки", "Сроки", "Конфликты", "Не исправлено")
    rows = [(name, *(number(each) for each in counts)) for name, *counts in figures.bodies]
    sums = [sum(line[place] for line in figures.bodies) for place in range(1, 5)]  # type: ignore[misc]
    return Table(
        caption="По органам и организациям",
        columns=(
            Column(title="Орган", width=0.4),
            *(Column(title=title, width=0.15, right=True) for title in titles),
        ),
        rows=(*rows, ("Всего", *(number(each) for each in sums))),
        total=True,
    )


def _kinds(figures: ErrorFigures) -> Table:
    return Table(
        caption="По видам",
        columns=(
            Column(title="Реестр", width=0.32),
            Column(title="Вид", width=0.38),
            Column(title="Записей", width=0.13, right=True),
            Column(title="Не исправлено", width=0.17, right=True),
        ),
        rows=tuple(
            (SORTS[sort], label, number(count), number(bad))
            for sort, label, count, bad in figures.kinds
        ),
    )


def _register(figures: ErrorFigures, sort: str, title: str) -> Section:
    mine = [row for row in figures.rows if row.sort == sort]
    rest = len(mine) - SHOWN
    more = f"Показаны первые {SHOWN}; ещё {counted(rest, FINDINGS)} — в файле XLSX."
    table = Table(
        caption=title,
        columns=(
            Column(title="Дата", width=0.12),
            Column(title="Обращение", width=0.17),
            Column(title="Вид", width=0.19),
            Column(title="Орган, сотрудник", width=0.22),
            Column(title="Исход" if sort == "late" else "Суть и исход", width=0.3),
        ),
        rows=tuple(
            (
                row.on,
                row.appeal,
                row.kind,
                ", ".join(one for one in (row.body, row.person) if one),
                _outcome(row),
            )
            for row in mine[:SHOWN]
        ),
    )
    return Section(key=sort, title=title, lines=(more,) if rest > 0 else (), blocks=(table,))


def _outcome(row: ErrorRow) -> str:
    """How a term was counted is told at its case and in the workbook, not on paper."""
    parts = (row.state,) if row.sort == "late" else (row.essence, row.state)
    return "; ".join(one for one in parts if one)


def _advice(figures: ErrorFigures) -> Section:
    table = Table(
        caption="Рекомендации по выявленным нарушениям",
        columns=(
            Column(title="Кому", width=0.27),
            Column(title="Рекомендация", width=0.48),
            Column(title="Состояние", width=0.25),
        ),
        rows=tuple(figures.advice[:SHOWN]),
    )
    return Section(key="advice", title="Рекомендации", blocks=(table,))
