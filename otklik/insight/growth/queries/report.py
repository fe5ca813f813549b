"""The report of growth for what a person may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from otklik.base.errors import Refused
from otklik.casework.appeals.queries import start_of
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.casework.problems.queries import problems_of, spikes_of
from otklik.casework.problems.vocabulary import ProblemState
from otklik.directory.calendars.queries import calendar_for
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.insight.cuts.queries import labels_of
from otklik.insight.cuts.rules import Key, Span, at
from otklik.insight.cuts.vocabulary import Dimension
from otklik.insight.growth.queries.counting import DIMENSIONS, Counts, counts_of, undated
from otklik.insight.growth.rules.blocks import Blocks, blocks_of, plan_of
from otklik.insight.growth.rules.causes import Cause, causes
from otklik.insight.growth.rules.report import ENOUGH, Factor, GrowthReport, Mark, SpikeSeen
from otklik.insight.growth.rules.seasons import WEEKS, season_of
from otklik.insight.growth.vocabulary import Compare

LONGEST = 366
SPIKES = 20


def growth_report(
    access: Access,
    wanted: AppealFilter,
    *,
    now: datetime,
    compare: Compare = Compare.PREVIOUS,
) -> GrowthReport:
    """Causes and factors of growth in the period of `wanted` (pereslavl:2.5.3, novoduginsky:2.5.4).

    Narrow `wanted` to a channel for the growth of one system. A fixed number of statements
    whatever the number of cases. Raises Forbidden, and Refused without a closed period or for
    one longer than a year.
    """
    since, until = _period(wanted)
    blocks = blocks_of(since, until, compare)
    earliest = since - timedelta(weeks=WEEKS)
    counts = counts_of(access, wanted, blocks, earliest=earliest, now=now)
    totals = counts.cells.totals()
    plan = plan_of(blocks, list(totals))
    rival = blocks.rival_of(0)
    now_count, then = int(totals[0]), int(totals[rival])
    found: list[Cause] = []
    tested = 0
    if plan is not None and then >= ENOUGH:
        found, tested = causes(counts.cells, plan)
    days = counts.days
    calendar = calendar_for(access.municipality_id)
    return GrowthReport(
        since=since,
        until=until,
        compare=compare,
        rival=blocks.rival,
        now=now_count,
        then=then,
        factors=_factors(access, wanted, blocks.rival, found, counts),
        tested=tested,
        season=season_of(days, since, until, min(days, default=None), calendar.is_working),
        spikes=_spikes(access, wanted, since, until),
        year_ago=_year_ago(blocks, list(totals)),
        wanted=wanted,
    )


def _period(wanted: AppealFilter) -> Span:
    if wanted.since is None or wanted.until is None:
        raise Refused(
            "Рост считается только за период с началом и концом.", "Укажите обе даты периода."
        )
    if wanted.until < wanted.since:
        raise Refused("Конец периода раньше начала.", "Поменяйте даты местами.")
    if (wanted.until - wanted.since).days >= LONGEST:
        raise Refused("Период длиннее года.", "Выберите год или меньше.")
    return wanted.since, wanted.until


def _year_ago(blocks: Blocks, totals: Sequence[float]) -> tuple[int, int] | None:
    """The totals of the period and of the one before it, a year earlier."""
    if blocks.compare == Compare.LAST_YEAR or 1 not in blocks.yearly:
        return None
    found = int(totals[blocks.yearly[0]]), int(totals[blocks.yearly[1]])
    return found if min(found) >= ENOUGH else None


def _factors(
    access: Access, wanted: AppealFilter, rival: Span, found: Sequence[Cause], counts: Counts
) -> list[Factor]:
    names = _names(found, counts)
    problems = _problems(access, wanted)
    return [_factor(wanted, rival, cause, counts, names, problems) for cause in found]


def _names(found: Sequence[Cause], counts: Counts) -> dict[Dimension, dict[Key, str]]:
    """Names of the values named in causes; three statements at most."""
    keys: dict[Dimension, set[Key]] = {dimension: set() for dimension in DIMENSIONS}
    for cause in found:
        for column, code in [*cause.fixed.items(), *cause.also.items()]:
            keys[DIMENSIONS[column]].add(counts.keys[column][code])
    return {dimension: labels_of(dimension, keys[dimension]) for dimension in DIMENSIONS}


def _factor(
    wanted: AppealFilter,
    rival: Span,
    cause: Cause,
    counts: Counts,
    names: dict[Dimension, dict[Key, str]],
    problems: dict[tuple[Key, Key], tuple[int, str]],
) -> Factor:
    def marks(codes: dict[int, int]) -> list[Mark]:
        keyed = [(DIMENSIONS[column], counts.keys[column][codes[column]]) for column in codes]
        return [Mark(dimension, key, names[dimension][key]) for dimension, key in keyed]

    own = marks(cause.fixed)
    rows = wanted
    for mark in own:
        rows = at(rows, mark.dimension, mark.key) or rows
    known = {mark.dimension: mark.key for mark in [*own, *marks(cause.also)]}
    return Factor(
        marks=own,
        also=marks(cause.also),
        now=cause.now,
        then=cause.then,
        expected=cause.expected,
        chance=cause.chance,
        rows=rows,
        rows_then=replace(rows, since=rival[0], until=rival[1]),
        problem=problems.get((known.get(Dimension.TOPIC), known.get(Dimension.SETTLEMENT))),
    )


def _problems(access: Access, wanted: AppealFilter) -> dict[tuple[Key, Key], tuple[int, str]]:
    """Confirmed mass problems that began about the period, by topic and settlement. One query."""
    since, until = _period(wanted)
    zone = Municipality.objects.get(pk=access.municipality_id).tz
    begun = problems_of(access).filter(
        state__in=[ProblemState.CONFIRMED, ProblemState.SOLVED],
        started_at__gte=start_of(since - timedelta(days=7), zone),
        started_at__lt=start_of(until + timedelta(days=1), zone),
        topic__isnull=False,
        settlement__isnull=False,
    )
    rows = begun.order_by("cases_count").values_list("topic_id", "settlement_id", "pk", "number")
    return {(topic, place): (pk, number) for topic, place, pk, number in rows}


def _spikes(access: Access, wanted: AppealFilter, since: date, until: date) -> list[SpikeSeen]:
    """Spikes the room of problems noticed; they count all cases, so only for the whole flow."""
    if undated(wanted) != AppealFilter():
        return []
    return [
        SpikeSeen(
            day=spike.day,
            topic=str(spike.topic),
            settlement=str(spike.settlement),
            count=spike.count,
            usual=spike.usual,
            rows=AppealFilter(
                topic=spike.topic_id,
                settlement=spike.settlement_id,
                since=spike.day,
                until=spike.day,
            ),
        )
        for spike in spikes_of(access, on=until, limit=SPIKES, since=since)
    ]
