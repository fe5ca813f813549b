"""A cut counted question by question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from tests.insight.raw import Row

Key = str | int | None


def _months(row: Row, step: int) -> str:
    day = row.received
    return date(day.year, (day.month - 1) // step * step + 1, 1).isoformat()


def _term(row: Row) -> str | None:
    if row.days is None:
        return None
    return "1" if row.days <= 15 else "2" if row.days <= 30 else "3"


# Keys under which a question stands; a body of several blocks stands under each of them.
KEYS: Mapping[str, Callable[[Row], Sequence[Key]]] = {
    "topic": lambda row: [row.topic],
    "topic_group": lambda row: [row.topic_group or None],
    "theme": lambda row: [row.theme or None],
    "body": lambda row: [row.body],
    "block": lambda row: [*row.blocks] or [None],
    "addressee": lambda row: [row.addressee],
    "channel": lambda row: [row.channel],
    "settlement": lambda row: [row.settlement],
    "district": lambda row: [row.district],
    "applicant_kind": lambda row: [row.applicant_kind or None],
    "kind": lambda row: [row.kind or None],
    "regime": lambda row: [row.regime],
    "status": lambda row: [row.status],
    "result": lambda row: [row.result or None],
    "repetition": lambda row: [row.repetition or None],
    "term": lambda row: [_term(row)],
    "score": lambda row: [row.score],
    "weekday": lambda row: [row.received.isoweekday()],
    "day": lambda row: [row.received.isoformat()],
    "week": lambda row: [(row.received - timedelta(days=row.received.weekday())).isoformat()],
    "month": lambda row: [_months(row, 1)],
    "quarter": lambda row: [_months(row, 3)],
    "year": lambda row: [_months(row, 12)],
}


def values(rows: Iterable[Row], now: datetime) -> dict[str, Any]:
    """Every measure of these questions, by its name; means over nothing are None."""
    rows = list(rows)
    answered = [row for row in rows if row.is_answered]
    scores = [row.score for row in rows if row.score is not None]
    days = [_days(row) for row in answered]
    in_time, late = sum(row.in_time for row in rows), sum(row.late for row in rows)
    return {
        "received": len(rows),
        "answered": len(answered),
        "in_work": sum(row.is_open for row in rows),
        "overdue": sum(row.overdue(now) for row in rows),
        "in_time": in_time,
        "late": late,
        "in_time_share": in_time / (in_time + late) if in_time + late else None,
        "repeated": sum(row.repeated for row in rows),
        "reopened": sum(row.reopened > 0 for row in rows),
        "average_days": sum(days) / len(days) if days else None,
        "scored": len(scores),
        "score": sum(scores) / len(scores) if scores else None,
    }


def _days(row: Row) -> float:
    assert row.answered_at is not None
    return (row.answered_at - row.received_at).total_seconds() / 86400


def groups(
    rows: Iterable[Row], sides: Sequence[str], now: datetime
) -> dict[tuple[Key, ...], dict[str, Any]]:
    """The measures of every group that is not empty, by its keys."""
    found: dict[tuple[Key, ...], list[Row]] = {}
    for row in rows:
        keys: list[tuple[Key, ...]] = [()]
        for side in sides:
            keys = [(*before, key) for before in keys for key in KEYS[side](row)]
        for key in keys:
            found.setdefault(key, []).append(row)
    return {key: values(inside, now) for key, inside in found.items()}


def during(rows: Iterable[Row], since: date, until: date) -> list[Row]:
    return [row for row in rows if since <= row.received <= until]


def preceding(since: date, until: date) -> tuple[date, date]:
    """As many whole months before whole months, else as many days."""
    last = since - timedelta(days=1)
    if since.day != 1 or (until + timedelta(days=1)).day != 1:
        return last - (until - since), last
    first = since
    for _ in range((until.year - since.year) * 12 + until.month - since.month + 1):
        first = (first - timedelta(days=1)).replace(day=1)
    return first, last


def counted(rows: Iterable[Row], *, questions: bool) -> list[Row]:
    return [row for row in rows if questions or row.first]


def by_day(rows: Iterable[Row]) -> Counter[date]:
    return Counter(row.received for row in rows)
