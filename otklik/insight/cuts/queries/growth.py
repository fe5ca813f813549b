"""What grew: topics, places, bodies, channels against the period before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from otklik.base.errors import Refused
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.rules import Access
from otklik.insight.cuts.queries.cutting import before_filter, cut
from otklik.insight.cuts.rules import Change, Cut, Key, Request
from otklik.insight.cuts.vocabulary import Counted, Dimension


@dataclass(frozen=True, kw_only=True)
class Grown:
    """One key of a dimension with its change; `marked` ones grew more than by chance."""

    dimension: Dimension
    key: Key
    label: str
    change: Change
    rows: AppealFilter | None

    @property
    def marked(self) -> bool:
        return self.change.marked


def growth(
    access: Access,
    dimension: Dimension,
    wanted: AppealFilter,
    *,
    now: datetime,
    counted: Counted = Counted.APPEALS,
) -> Sequence[Grown]:
    """Every key that changed, the clearest growth first, the clearest fall last.

    Narrow `wanted` to a topic and ask for settlements and bodies to see the
    factors of its growth. Empty when the period before holds too little.
    Raises Refused without a closed period.
    """
    if before_filter(wanted) is None:
        raise Refused(
            "Рост считается только за период с началом и концом.", "Укажите обе даты периода."
        )
    return grown_in(cut(access, Request(rows=dimension, filter=wanted, counted=counted), now=now))


def grown_in(counts: Cut) -> Sequence[Grown]:
    """The same of what is counted already: the rows of a cut against the period before."""
    if not counts.comparable:
        return []
    grown = [
        Grown(
            dimension=counts.request.rows,
            key=row.key,
            label=row.label,
            change=change,
            rows=row.total.rows,
        )
        for row in counts.rows
        if (change := row.change()) is not None and change.difference
    ]
    return sorted(grown, key=lambda row: (-row.change.deviations, row.label))
