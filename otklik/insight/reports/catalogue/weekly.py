"""The weekly analytical note to the head (pereslavl:3.2.1)."""

from __future__ import annotations

from dataclasses import replace

from otklik.base.rhythm import Rhythm, Step
from otklik.insight.papers.writers.xlsx import Sheet
from otklik.insight.reports.catalogue.base import Composed, Kind, Wanted
from otklik.insight.reports.queries.assembling import weekly_note
from otklik.insight.reports.rules import compose
from otklik.insight.reports.rules.figures import WeeklyNote
from otklik.insight.reports.rules.plan import Plan
from otklik.insight.reports.rules.sheets import line_sheet
from otklik.insight.reports.vocabulary import WEEKLY


def _compose(wanted: Wanted) -> Composed:
    figures = weekly_note(wanted.access, since=wanted.since, until=wanted.until, now=wanted.now)
    if wanted.recipient:
        figures = replace(figures, addressee=wanted.recipient)
    document = compose(figures)
    if wanted.scope:
        document = document.model_copy(update={"about": f"{document.about} ({wanted.scope})"})
    return Composed(document=document, sheets=sheets_of(figures), quiet=not figures.total.received)


def sheets_of(figures: WeeklyNote) -> list[Sheet]:
    sides = (
        ("Каналы", "Канал", figures.channels),
        ("Темы", "Тема", figures.topics),
        ("Территории", "Населённый пункт", figures.places),
        ("Исполнители", "Исполнитель", figures.bodies),
    )
    return [line_sheet(name, first, lines) for name, first, lines in sides if lines]


KIND = Kind(
    slug=WEEKLY,
    name="Еженедельная аналитическая записка",
    title="Записка",
    about="Главе: что поступило, что выросло, где просрочено и что с этим делать.",
    compose=_compose,
    plan=Plan(rhythm=Rhythm(step=Step.WEEK, day=0, hour=7), due_days=1, on=True),
    order=10,
    clauses=("pereslavl:3.2.1",),
)
