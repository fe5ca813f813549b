"""Growth and its causes as a section of a paper. Pure."""

from __future__ import annotations

from otklik.insight.growth.rules.report import GrowthReport
from otklik.insight.growth.rules.wording import name_of, sentences, verdict
from otklik.insight.papers.rules import Column, Section, Table
from otklik.language.wording import capital, number

METHOD = (
    "Причина роста названа, если тема, место, орган или их сочетание выросли больше, чем все"
    " остальные обращения, и это не объяснить случайностью с учётом числа проверенных сочетаний."
)


NOT_SURE = (
    "С учётом числа проверенных сочетаний ни одна причина не выделяется надёжно; темы, которые"
    " выросли заметнее других, названы ниже."
)


def growth_section(
    report: GrowthReport, *, whole: bool = False, named: bool = False
) -> Section | None:
    """What grew and why; with `whole`, the headline too. None where there is nothing to say.

    `named`: the paper names grown topics by the plain comparison besides.
    """
    said = sentences(report) if whole else sentences(report)[1:]
    if named and report.enough and not report.factors:
        said = [NOT_SURE if line == verdict(report) else line for line in said]
    if not said or (not whole and not report.enough):
        return None
    return Section(
        key="growth",
        title="Причины и факторы роста",
        lines=tuple(said),
        blocks=_factors(report),
    )


def _factors(report: GrowthReport) -> tuple[Table, ...]:
    if not report.factors:
        return ()
    rows = tuple(
        (
            capital(name_of(one.marks)),
            number(one.now),
            number(one.then),
            number(round(one.expected)),
            f"МП № {one.problem[1]}" if one.problem else "",
        )
        for one in report.factors
    )
    return (
        Table(
            caption="Найденные причины",
            columns=(
                Column(title="Причина", width=0.46),
                Column(title="Поступило", width=0.13, right=True),
                Column(title="Ранее", width=0.12, right=True),
                Column(title="Ожидалось", width=0.13, right=True),
                Column(title="Массовая проблема", width=0.16),
            ),
            rows=rows,
        ),
    )
