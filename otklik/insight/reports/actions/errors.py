"""The report on errors and missed terms as a file."""

from __future__ import annotations

from datetime import date

from otklik.base import clock
from otklik.base.errors import NotFound
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.insight.reports.queries.errors import error_figures
from otklik.insight.reports.rules.error_document import SORTS, ErrorFigures, error_document

ENDINGS = ("docx", "pdf", "xlsx")


def error_file(*, access: Access, since: date, until: date, ending: str) -> bytes:
    """DOCX and PDF of the same words, or XLSX with a link on every row (dedovichi:13.8).

    Raises Forbidden without the right, Refused for a period the wrong way, NotFound for a kind of
    file there is not.
    """
    if ending not in ENDINGS:
        raise NotFound("Такого вида файла нет.", "Есть DOCX, PDF и XLSX.")
    figures = error_figures(access, since, until)
    # Writers take a second to load: only those who write wait for them.
    if ending == "xlsx":
        return _table(figures)
    from otklik.insight.papers.writers import write_docx, write_pdf

    now = clock.now()
    zone = Municipality.objects.get(pk=access.municipality_id).tz
    document = error_document(figures, dated=now.astimezone(zone).date())
    write = write_docx if ending == "docx" else write_pdf
    return write(document, [], made_at=now)


def _table(figures: ErrorFigures) -> bytes:
    from otklik.insight.papers.writers.xlsx import Sheet, write_xlsx

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
    )  # fmt: skip
    kinds = Sheet(
        name="По видам",
        columns=(("Реестр", 30), ("Вид", 40), ("Записей", 10), ("Не исправлено", 14)),
        rows=[(SORTS[sort], label, count, bad) for sort, label, count, bad in figures.kinds],
    )
    advice = Sheet(
        name="Рекомендации",
        columns=(("Кому", 40), ("Рекомендация", 80), ("Состояние", 24)),
        rows=figures.advice,
    )
    return write_xlsx([rows, bodies, kinds, advice])
