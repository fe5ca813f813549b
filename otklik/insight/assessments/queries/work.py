"""The content of an assessment of the work of bodies: the rating of the moment, kept as it is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.rules import Access
from otklik.insight.cuts.rules import preceding
from otklik.insight.ratings.queries import rating
from otklik.insight.ratings.queries.rating import Rating


def work_content(
    access: Access, since: date, until: date, *, now: datetime
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Bodies by the criteria of the rating, with totals of the period before; and the method."""
    found = rating(access, AppealFilter(since=since, until=until), now=now)
    rival = preceding(since, until)
    earlier = rating(access, AppealFilter(since=rival[0], until=rival[1]), now=now)
    totals = {row.subject_id: row.total for row in earlier.rows if row.place}
    content = {
        "rival": [rival[0].isoformat(), rival[1].isoformat()],
        "parts": [part.label for part in found.parts],
        "rows": [_row(found, row, totals) for row in found.rows],
    }
    return content, {"formula": [line for line in found.formula.splitlines() if line.strip()]}


def _row(found: Rating, row: Any, totals: dict[int, float]) -> dict[str, Any]:
    values = {part.name: part.value for part in row.parts}
    before = totals.get(row.subject_id)
    return {
        "body": row.subject_id,
        "label": row.name,
        "group": row.group,
        "place": row.place,
        "sample": row.sample,
        "total": round(row.total, 1),
        "before": None if before is None else round(before, 1),
        "values": [round(values.get(part, 0.0), 1) for part in found.parts],
    }
