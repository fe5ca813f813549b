"""The report of growth as the page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.urls import reverse

from otklik.insight.cuts.rules import label_of
from otklik.insight.cuts.vocabulary import Dimension
from otklik.insight.growth import rules
from otklik.insight.growth.queries import NewTheme
from otklik.insight.growth.rules import Factor, GrowthReport
from otklik.insight.growth.rules.seasons import WEEKDAYS, Day
from otklik.language.wording import capital, percent, period_figures, share_words, typo
from otklik.web.desk.insight.asking import list_url

Shown = dict[str, Any]
LONGEST_PICTURE, LEAST_MONTHS = 62, 3


def page(report: GrowthReport) -> Shown:
    return {
        "report": report,
        "headline": typo(rules.headline(report)),
        "expectation": typo(rules.expectation(report)),
        "verdict": typo(rules.verdict(report)),
        "usual": [typo(said) for said in rules.usual(report)],
        "factors": [_factor(report, one) for one in report.factors],
        "now_label": period_figures(report.since, report.until),
        "then_label": period_figures(*report.rival),
        "all_url": list_url(report.wanted),
        "days_chart": _days_chart(report),
        "days": [_day(report, day) for day in report.season.days],
        "week_chart": _week_chart(report),
        "week": [
            {"label": label, "mean": mean}
            for label, mean in zip(WEEKDAYS, report.season.week, strict=True)
        ],
        "spikes": [{"spike": spike, "url": list_url(spike.rows)} for spike in report.spikes],
    }


def theme(found: NewTheme) -> Shown:
    one = found.theme
    return {
        "theme": one,
        "words": f"«{one.words}»",
        "share": percent(one.share, 1),
        "then": percent(one.share_then, 1) if one.then else "ни одного",
        "url": list_url(found.rows),
    }


def _factor(report: GrowthReport, factor: Factor) -> Shown:
    grown = report.difference > 0
    return {
        "factor": factor,
        "name": capital(rules.name_of(factor.marks)),
        "sentence": typo(rules.explanation(report, factor)),
        "url": list_url(factor.rows),
        "then_url": list_url(factor.rows_then),
        "part": share_words(max(factor.difference, 0), report.difference) if grown else "—",
        "expected": round(factor.expected),
        "problem_url": reverse("desk:problem", args=[factor.problem[0]]) if factor.problem else "",
    }


def _day(report: GrowthReport, day: Day) -> Shown:
    rows = replace(report.wanted, since=day.day, until=day.day)
    return {"day": day, "weekday": WEEKDAYS[day.day.weekday()], "url": list_url(rows)}


def _days_chart(report: GrowthReport) -> Shown | None:
    """Days as bars, what such days usually bring as a line."""
    days = report.season.days
    if not report.now or not 2 <= len(days) <= LONGEST_PICTURE:
        return None
    bars = [
        {"value": one["day"].count, "url": one["url"]}
        for one in (_day(report, day) for day in days)
    ]
    usual = [None if day.expected is None else round(day.expected, 1) for day in days]
    return {
        "xAxis": {"type": "category", "data": [f"{day.day:%d.%m}" for day in days]},
        "yAxis": {"type": "value"},
        "series": [
            {"type": "bar", "name": "поступило", "data": bars},
            {"type": "line", "name": "обычно за такой день", "data": usual, "step": "middle"},
        ],
    }


def _week_chart(report: GrowthReport) -> Shown | None:
    week = report.season.week
    if any(mean is None for mean in week):
        return None
    return {
        "xAxis": {"type": "category", "data": list(WEEKDAYS)},
        "yAxis": {"type": "value"},
        "series": [
            {"type": "bar", "name": "в среднем", "data": [round(mean or 0, 1) for mean in week]}
        ],
    }


def year(months: Sequence[tuple[date, int]]) -> Shown:
    """Months of a year as a sentence, a picture and a table."""
    option = {
        "xAxis": {
            "type": "category",
            "data": [label_of(month, Dimension.MONTH) for month, _ in months],
        },
        "yAxis": {"type": "value"},
        "series": [{"type": "bar", "name": "поступило", "data": [count for _, count in months]}],
    }
    return {
        "said": typo(rules.month_words(months)),
        "months_chart": option if len(months) >= LEAST_MONTHS else None,
        "months": [
            {"label": label_of(month, Dimension.MONTH), "count": count} for month, count in months
        ],
    }
