"""The weekly note counted case by case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from tests.insight.raw import Books, Row

Days = tuple[date, date]


def counts(
    rows: Iterable[Row], now: Days, before: Days, at: datetime, soon: datetime
) -> dict[str, int]:
    """The counts of a group of cases, those that are nought left out."""
    found: Counter[str] = Counter()
    for row in rows:
        found.update(_names(row, now, before, at, soon))
    return {name: count for name, count in found.items() if count}


def _names(row: Row, now: Days, before: Days, at: datetime, soon: datetime) -> list[str]:
    names = []
    for days, end in ((now, ""), (before, "_before")):
        if days[0] <= row.received <= days[1]:
            names.append("before" if end else "received")
            names += [f"repeated{end}"] * row.repeated
        if row.is_answered and row.answered and days[0] <= row.answered <= days[1]:
            names.append(f"answered{end}")
            names += [f"late{end}"] * row.late
    later = row.is_answered and row.answered is not None and row.answered > now[1]
    if row.received <= now[1] and (row.is_open or later):
        names.append("in_work")
        if row.due_at and row.due_at < at:
            names.append("overdue")
        if row.due_at and at <= row.due_at < soon:
            names.append("due_soon")
    return names


def scores(books: Books, cases: Collection[int], now: Days, before: Days) -> dict[str, int]:
    """Grades of the period and of the one before, of these cases."""

    def given(days: Days) -> list[Mapping[str, Any]]:
        return [
            one
            for one in books.surveys
            if one["appeal_id"] in cases
            and one["answered_at"]
            and days[0] <= one["answered_at"].astimezone(books.zone).date() <= days[1]
        ]

    grades = [one["score"] for one in given(now) if one["score"] is not None]
    earlier = [one["score"] for one in given(before) if one["score"] is not None]
    return {
        "given": len(grades),
        "total": sum(grades),
        "low": sum(grade <= 2 for grade in grades),
        "given_before": len(earlier),
        "total_before": sum(earlier),
        "wants_back": sum(one["wants_reopening"] for one in given(now)),
    }


def returns(books: Books, cases: Collection[int], days: Days) -> tuple[int, Counter[str]]:
    """Drafts of these cases sent back in these days, and the reasons named."""
    found = [
        one
        for one in books.returns
        if one["appeal_id"] in cases
        and days[0] <= one["decided_at"].astimezone(books.zone).date() <= days[1]
    ]
    return len(found), Counter(reason for one in found for reason in one["reasons"])
