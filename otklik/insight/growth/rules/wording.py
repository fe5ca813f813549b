"""Findings of growth in Russian sentences. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from otklik.insight.cuts.rules import label_of
from otklik.insight.cuts.vocabulary import Dimension
from otklik.insight.growth.rules.report import Factor, GrowthReport, Mark
from otklik.insight.growth.vocabulary import Compare
from otklik.language.wording import (
    NBSP,
    capital,
    compared,
    counted,
    earlier_words,
    join_list,
    number,
    percent,
    period_words,
)

Month = tuple[date, int]
CASES = ("обращение", "обращения", "обращений")
_CAUSES = ("причина", "причины", "причин")
_NAMES = {
    Dimension.TOPIC: "тема",
    Dimension.SETTLEMENT: "место",
    Dimension.BODY: "исполнитель",
    Dimension.CHANNEL: "канал",
}
_ON = (
    "по понедельникам", "по вторникам", "по средам", "по четвергам", "по пятницам",
    "по субботам", "по воскресеньям и праздникам",
)  # fmt: skip


def ago(report: GrowthReport) -> str:
    """«неделей ранее», «годом ранее», «за 10 дней до этого»."""
    if report.compare == Compare.LAST_YEAR:
        return "годом ранее"
    if (report.until - report.since).days < 7:
        return "неделей ранее"
    return earlier_words(report.since, report.until)


def name_of(marks: Sequence[Mark]) -> str:
    """«тема «Снег», место «с. Ключи»»."""
    return ", ".join(f"{_NAMES[mark.dimension]} «{_bare(mark.label)}»" for mark in marks)


def _bare(label: str) -> str:
    return label.replace("«", "„").replace("»", "“")


def headline(report: GrowthReport) -> str:
    said = f"{capital(period_words(report.since, report.until))} поступило "
    said += counted(report.now, CASES)
    words = compared(report.now, report.then, ago=ago(report))
    return f"{said} — {words}." if words else f"{said}."


def expectation(report: GrowthReport) -> str:
    """What the days themselves let expect; empty when too little is known."""
    expected = report.season.expected
    if expected is None:
        return ""
    usual = f"Обычно за{NBSP}такие дни поступает около {number(round(expected))}"
    if report.season.above:
        return f"{usual}: превышение больше обычных колебаний."
    return f"{usual}: это в{NBSP}пределах обычных колебаний."


def verdict(report: GrowthReport) -> str:
    """Whether causes were found, and what it means when not."""
    if not report.enough:
        return "Мало данных: сравнивать не с чем."
    if report.factors:
        many = len(report.factors)
        if report.difference > 0:
            verb = "объясняет" if many % 10 == 1 and many % 100 != 11 else "объясняют"
            return f"Рост {verb} {counted(many, _CAUSES)}."
        return "Всего обращений не прибавилось, но отдельные причины роста есть."
    if report.difference > 0:
        return (
            "Отдельной причины роста нет: темы, места, исполнители и каналы меняются вместе"
            " или не больше, чем бывает случайно."
        )
    return "Роста нет, и отдельных причин роста не видно."


def explanation(report: GrowthReport, factor: Factor) -> str:
    """One cause with its numbers and its part of the growth."""
    said = f"{capital(name_of(factor.marks))}: поступило {counted(factor.now, CASES)}"
    words = compared(factor.now, factor.then, ago=ago(report))
    said += f", {words}" if words else ""
    said += f"; ожидалось {_about(factor.expected)}."
    part = report.part_of(factor)
    if part is not None:
        said += f" {_part(part)}"
    if factor.also:
        said += f" Почти все{NBSP}— {name_of(factor.also)}."
    if factor.problem:
        said += f" Есть массовая проблема {factor.problem[1]}."
    return said


def _about(expected: float) -> str:
    return f"около {number(round(expected))}" if expected >= 1 else "меньше одного"


def _part(part: float) -> str:
    if part >= 1:
        return "Без этого обращений не прибавилось бы."
    return f"Это {percent(part)} всего прироста."


def year_ago(report: GrowthReport) -> str:
    """How the same days moved a year before: a part of the growth may be the season."""
    if report.year_ago is None:
        return ""
    now, then = report.year_ago
    words = compared(now, then, ago=ago(report))
    if not words:
        return ""
    end = " Часть роста сезонная." if now > 1.1 * then and report.difference > 0 else ""
    return f"Годом ранее в{NBSP}это же время было {counted(now, CASES)}{NBSP}— {words}.{end}"


def week_words(report: GrowthReport) -> str:
    """On which days people write most and least."""
    known = [(mean, day) for day, mean in enumerate(report.season.week) if mean is not None]
    if len(known) < 7 or max(known)[0] < 1:
        return ""
    most, least = max(known), min(known)
    return (
        f"Больше всего пишут {_ON[most[1]]} (в{NBSP}среднем {number(most[0], 1)}),"
        f" меньше всего — {_ON[least[1]]} ({number(least[0], 1)})."
    )


def days_above(report: GrowthReport) -> str:
    """The days of the period above their like; empty without any."""
    days = [day for day in report.season.days if day.spike]
    if not days:
        return ""
    told = [
        f"{day.day:%d.%m} ({number(day.count)} вместо {number(round(day.expected or 0))})"
        for day in days[:5]
    ]
    more = f" и{NBSP}ещё {number(len(days) - 5)}" if len(days) > 5 else ""
    return f"Выше обычного: {join_list(told) if not more else ', '.join(told) + more}."


def month_words(months: Sequence[Month]) -> str:
    """The fullest and the emptiest whole month of the year; the last one is still running."""
    whole = list(months)[:-1]
    if len(whole) < 6:
        return ""
    most = max(whole, key=lambda month: month[1])
    least = min(whole, key=lambda month: month[1])
    return (
        f"За{NBSP}год больше всего обращений принёс {_month(most)}, меньше всего — {_month(least)}."
    )


def _month(month: Month) -> str:
    return f"{label_of(month[0], Dimension.MONTH)} ({number(month[1])})"


def usual(report: GrowthReport) -> list[str]:
    """What the season and the days say."""
    said = [year_ago(report), days_above(report), week_words(report)]
    return [one for one in said if one]


def sentences(report: GrowthReport) -> list[str]:
    """The whole report as a head reads it: the rise, its causes, what is usual."""
    said = [headline(report), expectation(report), verdict(report)]
    said += [explanation(report, factor) for factor in report.factors]
    said += usual(report)
    return [one for one in said if one]
