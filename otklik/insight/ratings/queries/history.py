"""A body month by month: its counts, and its places in the snapshots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.cuts.vocabulary import Dimension
from otklik.insight.ratings.formulas.tally import Tally
from otklik.insight.ratings.models import Snapshot
from otklik.insight.ratings.queries.snapshots import snapshots_of
from otklik.insight.ratings.queries.tallies import counts_by
from otklik.insight.ratings.vocabulary import SnapshotState, Subject, System

MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class Month:
    """The counts of a month by the day of receipt; `place` and `total` from its snapshot."""

    since: date
    until: date
    tally: Tally
    snapshot: Snapshot | None = None
    place: int | None = None
    total: float | None = None


def months_of(
    access: Access, body_id: int, *, today: date, now: datetime, channel: str = ""
) -> list[Month]:
    """Twelve months up to this one, the oldest first. At most four queries.

    Forbidden for a body that the right to analysis does not cover (pereslavl:1.1.3.d).
    """
    access = access.require(Permission.ANALYTICS, body_id=body_id, channel=channel or None)
    spans = _spans(today)
    wanted = AppealFilter(since=spans[0][0], until=spans[-1][1], channel=channel, body=body_id)
    counts = counts_by(access, wanted, Subject.BODY, now, by=Dimension.MONTH)
    tallies = {
        date.fromisoformat(month): Tally(subject_id=body_id, name="", **told)
        for month, told in counts.items()
    }
    nothing = Tally(subject_id=body_id, name="")
    months = [
        Month(since=since, until=until, tally=tallies.get(since, nothing)) for since, until in spans
    ]
    return _placed(access, months, body_id, System.of(channel))


def _placed(access: Access, months: Sequence[Month], body_id: int, system: System) -> list[Month]:
    """Places by the last published edition of each month's snapshot."""
    found = snapshots_of(access).filter(
        subject=Subject.BODY,
        system=system,
        since__gte=months[0].since,
        until__lte=months[-1].until,
        state=SnapshotState.PUBLISHED,
    )
    kept: dict[tuple[date, date], Snapshot] = {}
    for one in found.defer("tallies", "excluded").order_by("edition"):
        kept[one.since, one.until] = one
    return [_outcome(month, kept.get((month.since, month.until)), body_id) for month in months]


def _outcome(month: Month, snapshot: Snapshot | None, body_id: int) -> Month:
    if snapshot is None:
        return month
    place, total, _ = snapshot.places.get(str(body_id), (None, None, None))
    return replace(month, snapshot=snapshot, place=place, total=total if place else None)


def _spans(today: date) -> list[tuple[date, date]]:
    """First and last days of twelve months, the last one that of today."""
    spans, first = [], today.replace(day=1)
    for _ in range(MONTHS):
        after = (first + timedelta(days=32)).replace(day=1)
        spans.append((first, after - timedelta(days=1)))
        first = (first - timedelta(days=1)).replace(day=1)
    return spans[::-1]
