"""Analytical materials for the regional centre (ЦУР): themes, functions, projects, figures."""

from __future__ import annotations

from otklik.base.rhythm import Rhythm, Step
from otklik.insight.reports.catalogue.base import Composed, Kind, Wanted
from otklik.insight.reports.catalogue.weekly import sheets_of
from otklik.insight.reports.queries.assembling import weekly_note
from otklik.insight.reports.queries.framing import frame_of
from otklik.insight.reports.queries.themes import (
    by_section,
    by_theme,
    clauses_done,
    problems_between,
)
from otklik.insight.reports.rules import regional
from otklik.insight.reports.rules.composing import framed
from otklik.insight.reports.rules.plan import Plan
from otklik.insight.reports.rules.sections import flow, opinions, summary
from otklik.language.wording import earlier_words


def _compose(wanted: Wanted) -> Composed | None:
    access, since, until = wanted.access, wanted.since, wanted.until
    figures = weekly_note(access, since=since, until=until, now=wanted.now)
    if figures.empty:
        return None
    themes = by_theme(access, since, until, at=wanted.at)
    told = regional.themes(themes, earlier_words(since, until))
    if told is None:
        # A centre that marks no themes tells of the sections of the classifier.
        themes = by_section(access, since, until, at=wanted.at)
        ago = earlier_words(since, until)
        told = regional.themes(themes, ago, title="Разделы классификатора", first="Раздел")
    frame = frame_of(wanted.town, since, until, recipient=wanted.recipient, scope=wanted.scope)
    document = framed(
        frame,
        title="Аналитические материалы",
        about="о реализации проектов и программ по функциям и тематикам деятельности центра",
        sections=[
            regional.projects(),
            summary.section(figures),
            told,
            regional.functions(clauses_done(wanted.town.pk, since, until)),
            regional.problems(problems_between(access, wanted.town, since, until)),
            flow.section(figures),
            opinions.section(figures),
        ],
        method=regional.METHOD,
    )
    return Composed(document=document, sheets=[*regional.sheets(themes), *sheets_of(figures)])


KIND = Kind(
    slug="regional",
    name="Материалы для ЦУР",
    title="Материалы для ЦУР",
    about="По функциям и тематикам центра, с показателями; о проектах и программах пишете вы.",
    compose=_compose,
    plan=Plan(rhythm=Rhythm(step=Step.QUARTER, day=5), due_days=10),
    order=100,
    recipient="В Центр управления регионом",
    clauses=("pereslavl:3.2.5",),
)
