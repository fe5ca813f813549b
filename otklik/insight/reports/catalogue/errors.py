"""Errors in answers and missed terms (dedovichi:13.8, 12.8)."""

from __future__ import annotations

from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.reports.catalogue.base import MONTHLY, Composed, Kind, Wanted
from otklik.insight.reports.queries.errors import error_figures
from otklik.insight.reports.rules.error_document import error_document
from otklik.insight.reports.rules.error_sheets import error_sheets
from otklik.insight.reports.rules.plan import Plan


def _compose(wanted: Wanted) -> Composed | None:
    figures = error_figures(wanted.access, wanted.since, wanted.until)
    document = error_document(figures)
    if wanted.recipient:
        document = document.model_copy(update={"addressee": wanted.recipient})
    return Composed(
        document=document,
        sheets=error_sheets(figures),
        quiet=not (figures.rows or figures.advice),
    )


KIND = Kind(
    slug="errors",
    name="Отчёт об ошибках и нарушениях сроков",
    title="Отчёт об ошибках",
    about="Ошибки в ответах, пропущенные сроки, конфликты общения и рекомендации по ним.",
    compose=_compose,
    plan=Plan(rhythm=MONTHLY, due_days=5),
    order=70,
    rights=(Permission.QUALITY,),
    clauses=("dedovichi:13.8", "dedovichi:12.8"),
)
