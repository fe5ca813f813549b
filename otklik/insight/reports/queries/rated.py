"""The rating of the last four weeks: one week closes too few questions to judge by."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.rules import Access
from otklik.insight.ratings.queries import rating
from otklik.insight.reports.rules import RatedBody, RatingTable

DAYS = 28


def rating_of(access: Access, until: date, at: datetime) -> RatingTable:
    since = until - timedelta(days=DAYS - 1)
    found = rating(access, AppealFilter(since=since, until=until), now=at)
    weighing = found.parts
    return RatingTable(
        since=since,
        until=until,
        minimum=found.settings.minimum,
        formula=found.formula,
        parts=tuple(str(part.label) for part in weighing),
        rows=tuple(
            RatedBody(
                place=row.place,
                name=row.name,
                sample=row.sample,
                total=row.total,
                parts=tuple(part.value for part in row.parts if part.name in weighing),
                group=row.group,
            )
            for row in found.rows
        ),
    )
