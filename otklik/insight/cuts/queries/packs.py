"""Visible questions that fit a filter, packed by column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.cuts.queries.conditions import facts_of
from otklik.insight.cuts.rules.links import Also
from otklik.insight.cuts.rules.picking import TESTS, columns_of, given_in, picked
from otklik.insight.cuts.rules.sides import column_of, fits
from otklik.insight.cuts.vocabulary import Counted
from otklik.insight.facts.queries import months, rows
from otklik.insight.facts.rules.packs import Pack, moment_number


def packs_of(
    access: Access,
    wanted: AppealFilter,
    counted: Counted,
    now: datetime,
    names: Iterable[str],
    also: Also = (),
    edges: Iterable[date] = (),
) -> Iterator[Pack]:
    """The questions of `conditions.facts_of`, with these columns; at most two statements.

    Whoever sees everything reads the months that are kept packed; a narrower right, and what
    packs do not hold, are asked of the rows. Days of receipt, unless named, are known by
    `Pack.since` for the period and `edges`. Raises Forbidden without the right to analysis.
    """
    given, wanted_names = given_in(wanted), set(names)
    access = access.require_any(Permission.ANALYTICS)
    if not (access.reach(Permission.ANALYTICS).everywhere and given.keys() <= TESTS.keys()):
        facts = facts_of(access, wanted, counted, now, also)
        yield rows(facts, wanted_names | {"received_on"})
        return
    needed = wanted_names | columns_of(given) | {column_of(side) for side, _ in also} | {"is_first"}
    first_only, at = counted == Counted.APPEALS, moment_number(now)
    packs = months(
        access.municipality_id, needed, since=wanted.since, until=wanted.until, edges=edges
    )
    for pack in packs:
        found = picked(pack, given, first_only=first_only, now=at)
        yield found.where(fits(found, also)) if also else found
