"""The sheets of the report on errors and missed terms. Pure."""

from __future__ import annotations

from otklik.insight.papers.writers.xlsx import Sheet
from otklik.insight.reports.rules.error_document import SORTS, ErrorFigures


def error_sheets(figures: ErrorFigures) -> list[Sheet]:
    """Every finding with its link, then by body, by kind, and the advice."""
    rows = Sheet(
        name="Записи",
        columns=(
            ("Дата", 12), ("Реестр", 24), ("Обращение", 22), ("Вид", 28), ("Орган", 34),
            ("Сотрудник", 24), ("Суть", 60), ("Состояние", 18),
        ),
        rows=[
            (one.on, SORTS[one.sort], one.appeal, one.kind, one.body, one.person, one.essence,
             one.state)
            for one in figures.rows
        ],
        links=[one.url for one in figures.rows],
    )  # fmt: skip
    bodies = Sheet(
        name="По органам",
        columns=(("Орган", 44), ("Ошибки", 10), ("Сроки", 10), ("Конфликты", 11),
                 ("Не исправлено", 14)),
        rows=figures.bodies,
        sums=(1, 2, 3, 4),
    )  # fmt: skip
    kinds = Sheet(
        name="По видам",
        columns=(("Реестр", 30), ("Вид", 40), ("Записей", 10), ("Не исправлено", 14)),
        rows=[(SORTS[sort], label, count, bad) for sort, label, count, bad in figures.kinds],
        sums=(2, 3),
    )
    advice = Sheet(
        name="Рекомендации",
        columns=(("Кому", 40), ("Рекомендация", 80), ("Состояние", 24)),
        rows=figures.advice,
    )
    return [rows, bodies, kinds, advice]
