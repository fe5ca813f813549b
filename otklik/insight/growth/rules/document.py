"""The report of growth as a paper. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from otklik.insight.growth.rules import wording
from otklik.insight.growth.rules.indicators import METHOD
from otklik.insight.growth.rules.report import GrowthReport
from otklik.insight.papers.rules import Column, Picture, Section, Table
from otklik.language.wording import capital, number, period_figures, share_words, typo

TITLE = "Справка о причинах роста"
ABOUT = "числа обращений и сообщений граждан и организаций"


def sections(report: GrowthReport, months: Sequence[wording.Month]) -> Iterator[Section]:
    """What grew and why; what is usual. Every section says something."""
    usual = wording.usual(report)
    said = [one for one in wording.sentences(report) if one not in usual]
    usual = [one for one in (*usual, wording.month_words(months)) if one]
    yield Section(
        key="causes",
        title="Причины и факторы роста",
        lines=tuple(typo(one) for one in said),
        blocks=tuple(_factors(report)),
    )
    if usual or report.season.days:
        yield Section(
            key="usual",
            title="Сезонность и отдельные дни",
            lines=tuple(typo(one) for one in usual),
            blocks=tuple(_days(report)),
        )


def method() -> tuple[str, ...]:
    return METHOD


def _factors(report: GrowthReport) -> Iterator[Table]:
    if not report.factors:
        return
    rival = period_figures(*report.rival)
    yield Table(
        caption="Вклад причин в прирост",
        columns=(
            Column(title="Причина", width=0.44),
            Column(title=period_figures(report.since, report.until), width=0.14, right=True),
            Column(title=rival, width=0.14, right=True),
            Column(title="Ожидалось", width=0.13, right=True),
            Column(title="Доля прироста", width=0.15, right=True),
        ),
        rows=tuple(
            (
                capital(wording.name_of(factor.marks)),
                number(factor.now),
                number(factor.then),
                number(round(factor.expected)),
                share_words(factor.difference, report.difference) if report.difference > 0 else "—",
            )
            for factor in report.factors
        ),
    )


def _days(report: GrowthReport) -> Iterator[Picture]:
    days = report.season.days
    if not 2 <= len(days) <= 62 or not report.now:
        return
    told = ", ".join(f"{day.day:%d.%m} — {day.count}" for day in days)
    yield Picture(
        draw="columns",
        caption="Поступило обращений по дням",
        alt=f"Столбцы по дням: {told}.",
        data={
            "days": [day.day.isoformat() for day in days],
            "now": [day.count for day in days],
        },
    )
