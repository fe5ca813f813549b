"""The blocks of days a period is weighed against: before it, and a year before. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from otklik.insight.cuts.rules import Span, preceding
from otklik.insight.growth.rules.scanning import Plan
from otklik.insight.growth.vocabulary import Compare

WEEK, YEAR = timedelta(days=7), timedelta(weeks=52)
_DAY = timedelta(days=1)
HISTORY = 400
"""Blocks before the period reach back about this many days."""
MOST_BASES, MOST_PAST = 8, 18


@dataclass(frozen=True)
class Blocks:
    """Spans by number: the period is 0, then back in time; `yearly` maps a block to that of a
    year before.

    `bases` are how many blocks make an expectation, `past` how many are weighed for chance.
    """

    spans: tuple[Span, ...]
    bases: int
    past: int
    yearly: dict[int, int]
    compare: Compare

    @property
    def rival(self) -> Span:
        return self.spans[self.rival_of(0)]

    def rival_of(self, block: int) -> int:
        return self.yearly[block] if self.compare == Compare.LAST_YEAR else block + 1


def blocks_of(since: date, until: date, compare: Compare) -> Blocks:
    """A week or less is weighed against the same days of weeks before, so that weekdays agree;
    whole months against whole months; anything else against as many days."""
    days = (until - since).days + 1
    bases = max(1, min(MOST_BASES, 120 // days))
    past = max(1, min(MOST_PAST, HISTORY // days - bases - 1))
    if compare == Compare.LAST_YEAR:
        past = max(1, min(past, 180 // days))
        return _yearly(since, until, past)
    spans = _back((since, until), bases + past + 1)
    known = {span: number for number, span in enumerate(spans)}
    yearly: dict[int, int] = {}
    for block in range(bases + 1):
        span = year_before(spans[block])
        if span not in known and span[1] >= spans[-1][0]:
            return Blocks(tuple(spans), bases, past, {}, compare)
        yearly[block] = known.setdefault(span, len(known))
    return Blocks(tuple(known), bases, past, yearly, compare)


def _yearly(since: date, until: date, past: int) -> Blocks:
    spans = _back((since, until), past + 1)
    known = {span: number for number, span in enumerate(spans)}
    yearly = {
        block: known.setdefault(year_before(span), len(known)) for block, span in enumerate(spans)
    }
    return Blocks(tuple(known), 1, past, yearly, Compare.LAST_YEAR)


def _back(span: Span, count: int) -> list[Span]:
    """The span and those before it, without gaps unless it is shorter than a week."""
    spans = [span]
    while len(spans) < count:
        since, until = spans[-1]
        short = until - since < WEEK
        spans.append((since - WEEK, until - WEEK) if short else preceding(since, until))
    return spans


def year_before(span: Span) -> Span:
    """Whole months a calendar year before; other days 52 weeks before, so that weekdays agree."""
    since, until = span
    if since.day == 1 and (until + _DAY).day == 1:
        end = until + _DAY
        return since.replace(year=since.year - 1), end.replace(year=end.year - 1) - _DAY
    return since - YEAR, until - YEAR


def plan_of(blocks: Blocks, totals: Sequence[float]) -> Plan | None:
    """What can be weighed with the data there is; None when there is nothing to compare with.

    The oldest block with data may be cut off by the beginning of the records; it is not used
    when blocks before it are empty.
    """
    usable = _usable(blocks, totals)
    if blocks.compare == Compare.LAST_YEAR:
        return _plan_of_years(blocks, totals, usable)
    bases = []
    for block in range(blocks.past + 1):
        own = tuple(range(block + 1, min(block + blocks.bases, usable) + 1))
        if len(own) < min(blocks.bases, 3 if block else 1):
            break
        bases.append(own)
    if not bases:
        return None
    rivals = tuple(range(1, len(bases) + 1))
    return Plan(len(bases), tuple(bases), rivals, _season(blocks, totals, len(bases[0])))


def _plan_of_years(blocks: Blocks, totals: Sequence[float], usable: int) -> Plan | None:
    rivals: list[int] = []
    for block in range(min(blocks.past, usable) + 1):
        if not totals[blocks.yearly[block]]:
            break
        rivals.append(blocks.yearly[block])
    if not rivals:
        return None
    return Plan(len(rivals), tuple((rival,) for rival in rivals), tuple(rivals))


def _usable(blocks: Blocks, totals: Sequence[float]) -> int:
    """The number of the oldest block in the row before the period that holds whole data."""
    row = blocks.past + (blocks.bases if blocks.compare == Compare.PREVIOUS else 0)
    held = [block for block in range(1, row + 1) if totals[block]]
    if not held:
        return 0
    last = held[-1]
    return last if last in (row, 1) else last - 1


def _season(
    blocks: Blocks, totals: Sequence[float], bases: int
) -> tuple[tuple[int, tuple[int, ...]], ...]:
    if 0 not in blocks.yearly:
        return ()
    before = tuple(blocks.yearly[block] for block in range(1, bases + 1))
    if not all(totals[block] for block in (blocks.yearly[0], *before)):
        return ()
    return ((blocks.yearly[0], before),)
