"""Facts counted in groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.rules import Access
from otklik.insight.cuts.queries.packs import packs_of
from otklik.insight.cuts.rules.grouped import VALUES, Grouped, Grouping, columns_for, counts_for
from otklik.insight.cuts.rules.links import Also
from otklik.insight.cuts.rules.sides import Side, column_of
from otklik.insight.cuts.vocabulary import Counted, Dimension, Measure
from otklik.insight.facts.rules.packs import moment_number


def groups_of(
    access: Access,
    wanted: AppealFilter,
    sides: Sequence[Dimension],
    *,
    counted: Counted,
    now: datetime,
    measures: Iterable[Measure] = tuple(Measure),
    also: Also = (),
) -> Grouped:
    """Counts of the named measures in every group of at most two sides that is not empty."""
    counts = counts_for(measures)
    names = columns_for(counts) | {column_of(side) for side in sides}
    values = {name: VALUES[name] for name in counts if name in VALUES}
    grouping = Grouping([Side(side) for side in sides], values, moment_number(now))
    for pack in packs_of(access, wanted, counted, now, names, also):
        grouping.add(pack)
    found = grouping.result()
    return replace(found, sums={name: found.sums[name] for name in counts})
