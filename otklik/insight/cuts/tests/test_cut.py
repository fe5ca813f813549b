"""Every number of a cut agrees with a slow count over the cases and with the list it links to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.base import clock
from otklik.base.errors import Forbidden, Refused
from otklik.casework.appeals.models import Appeal, Applicant, Question
from otklik.casework.appeals.queries import matching, visible_to
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.casework.appeals.vocabulary import OPEN_STATUSES, Channel
from otklik.directory.organisation.models import Block, BlockMember
from otklik.directory.organisation.rules import Access
from otklik.directory.territory.models import Settlement
from otklik.insight.cuts.queries import cut, facts_of, growth
from otklik.insight.cuts.rules import Request, end_of, read_also, start_of
from otklik.insight.cuts.vocabulary import MEANS, PERIODS, Counted, Dimension, Measure
from otklik.insight.facts.actions import pack_months, rebuild
from otklik.insight.facts.tests.world import NOW, District, build

pytestmark = pytest.mark.django_db

PERIOD = AppealFilter(since=date(2026, 1, 5), until=date(2026, 2, 22))
COUNTS = [measure for measure in Measure if measure not in MEANS]
Row = dict[str, Any]


@pytest.fixture
def district() -> District:
    found = build()
    parks = Block.objects.create(municipality=found.town, name="Городская среда")
    homes = Block.objects.create(municipality=found.town, name="Жильё")
    for block, body in ((parks, 0), (parks, 1), (homes, 1)):
        BlockMember.objects.create(block=block, body=found.bodies[body])
    Settlement.objects.filter(pk=found.settlements[1].pk).update(territorial_body=found.bodies[0])
    vary(found.live(36), found)
    build("sosedi").live(3)
    rebuild(municipality_id=found.town.pk)
    return found


def vary(cases: list[Appeal], district: District) -> None:
    """Give the cases applicants, addressees, kinds, results and marks of repetition."""
    for n, case in enumerate(cases):
        Applicant.objects.filter(pk=case.applicant_id).update(
            kind=("citizen", "organisation", "")[n % 3]
        )
        Appeal.objects.filter(pk=case.pk).update(
            addressee_body=(None, *district.bodies)[n % 4],
            kind=("", "complaint", "statement")[n % 3],
            repetition=("", "repeat")[n % 5 == 0],
            theme=("", "roads")[n % 4 == 1],
        )
        case.questions.update(result=("", "explained", "supported")[n % 3])


def question_rows(access: Access, wanted: AppealFilter) -> list[Row]:
    """Questions read one by one from the cases themselves, counted in plain Python."""
    rows = []
    for appeal in visible_to(access).order_by("pk"):
        received = appeal.received_at.astimezone(appeal.municipality.tz).date()
        if wanted.since and not wanted.since <= received <= wanted.until:  # type: ignore[operator]
            continue
        if wanted.channel and appeal.channel != wanted.channel:
            continue
        rows += [_row(appeal, question, received) for question in appeal.questions.all()]
    return rows


def _row(appeal: Appeal, question: Question, received: date) -> Row:
    main = question.assignments.filter(role="main", withdrawn_at__isnull=True).first()
    first = question.number == 1
    body = main.body if main else (appeal.executor_body if first else None)
    topic = question.topic or appeal.topic
    place = question.settlement or appeal.settlement
    answered_at = question.answered_at or appeal.answered_at
    return {
        "first": first,
        "topic": topic.pk if topic else None,
        "topic_group": (topic.group or "Без группы") if topic else None,
        "body": body.pk if body else None,
        "block": sorted({one.block_id for one in body.blocks.through.objects.filter(body=body)})
        if body
        else [],
        "addressee": appeal.addressee_body_id,
        "channel": appeal.channel,
        "theme": appeal.theme or None,
        "settlement": place.pk if place else None,
        "district": place.territorial_body_id if place else None,
        "applicant_kind": appeal.applicant.kind or None,
        "kind": appeal.kind or None,
        "regime": appeal.regime,
        "status": appeal.status,
        "result": question.result or None,
        "repetition": appeal.repetition or None,
        "term": _band(appeal, answered_at),
        "score": appeal.score,
        "weekday": received.isoweekday(),
        **{step.value: start_of(received, step).isoformat() for step in PERIODS},
        "answered": appeal.status == "answered",
        "open": appeal.status in OPEN_STATUSES,
        "due": appeal.due_at,
        "answered_at": answered_at,
        "received_at": appeal.received_at,
        "repeated": appeal.repeats_id is not None,
        "reopened": appeal.reopened > 0,
    }


def _band(appeal: Appeal, answered_at: datetime | None) -> str | None:
    if answered_at is None:
        return None
    zone, began = appeal.municipality.tz, appeal.registered_at or appeal.received_at
    days = (answered_at.astimezone(zone).date() - began.astimezone(zone).date()).days
    return "1" if days <= 15 else "2" if days <= 30 else "3"


def keys(row: Row, side: Dimension | None) -> list[Any]:
    """Under what a row stands: several keys only for blocks."""
    found = row[side.value] if side else None
    return (found or [None]) if isinstance(found, list) else [found]


def slow_value(rows: list[Row], measure: Measure) -> float | None:
    counted: dict[Measure, Callable[[Row], bool]] = {
        Measure.RECEIVED: lambda r: True,
        Measure.ANSWERED: lambda r: r["answered"],
        Measure.IN_WORK: lambda r: r["open"],
        Measure.OVERDUE: lambda r: r["open"] and r["due"] < NOW,
        Measure.IN_TIME: lambda r: bool(r["answered_at"]) and r["answered_at"] <= r["due"],
        Measure.LATE: lambda r: bool(r["answered_at"]) and r["answered_at"] > r["due"],
        Measure.REPEATED: lambda r: r["repeated"],
        Measure.REOPENED: lambda r: r["reopened"],
        Measure.SCORED: lambda r: r["score"] is not None,
    }
    if measure in counted:
        return sum(counted[measure](row) for row in rows)
    if measure == Measure.IN_TIME_SHARE:
        kept, broken = (slow_value(rows, one) or 0 for one in (Measure.IN_TIME, Measure.LATE))
        return kept / (kept + broken) if kept + broken else None
    if measure == Measure.SCORE:
        scores = [row["score"] for row in rows if row["score"] is not None]
        return sum(scores) / len(scores) if scores else None
    took = [row["answered_at"] - row["received_at"] for row in rows if row["answered"]]
    return sum(took, timedelta()) / timedelta(days=1) / len(took) if took else None


PAIRS = [
    (side, other)
    for n, side in enumerate(Dimension)
    for other in (None, *(list(Dimension)[(n * 5 + step) % len(Dimension)] for step in (3, 8, 14)))
    if side != other
]
"""Every dimension alone and crossed with others, each of them also as columns."""


@pytest.mark.clause("pereslavl:1.1.3.b")
@pytest.mark.clause("tuapse:1.6.1")
@pytest.mark.clause("dedovichi:3.3")
@pytest.mark.parametrize("counted", Counted)
def test_any_two_sides_agree_with_a_slow_count(district: District, counted: Counted) -> None:
    assert {other for _, other in PAIRS} == {None, *Dimension}
    accesses = [district.access, district.head_of(district.bodies[1])]
    rows = {id(access): question_rows(access, PERIOD) for access in accesses}
    for n, (side, other) in enumerate(PAIRS):
        access = accesses[n % 2]
        request = Request(rows=side, columns=other, filter=PERIOD, counted=counted, compare=False)
        found = cut(access, request, now=NOW)
        wanted = [r for r in rows[id(access)] if r["first"] or counted == Counted.QUESTIONS]
        groups: dict[tuple[Any, Any], list[Row]] = defaultdict(list)
        for row in wanted:
            for pair in product(keys(row, side), keys(row, other)):
                groups[pair].append(row)
        for measure in Measure:
            assert found.total.value(measure) == pytest.approx(slow_value(wanted, measure))
            for head in found.rows:
                mine = [r for r in wanted if head.key in keys(r, side)]
                assert head.total.value(measure) == pytest.approx(slow_value(mine, measure))
            for key, cell in found.cells.items():
                assert cell.value(measure) == pytest.approx(slow_value(groups[key], measure))
        assert not other or set(found.cells) == set(groups)


def test_every_number_leads_to_its_rows(district: District) -> None:
    """By the list of cases where it knows the conditions, by the facts where only they do."""
    head = district.head_of(district.bodies[0], district.bodies[2])
    listed = 0
    for n, (side, other) in enumerate(PAIRS):
        access, counted = ((district.access, head)[n % 2], list(Counted)[n // 2 % 2])
        request = Request(rows=side, columns=other, filter=PERIOD, counted=counted)
        found = cut(access, request, now=NOW)
        cells = [*found.cells.values(), found.total, *(row.total for row in found.rows)]
        few = [*cells[:3], *district.dice.sample(cells, min(4, len(cells)))]
        for cell, measure in product(few, COUNTS[n % 3 :: 3]):
            where = cell.behind(measure)
            assert where is not None
            pairs = where.pairs()
            assert AppealFilter.parse(pairs) == where.filter
            assert set(read_also(pairs)) == set(where.also)
            told = facts_of(access, where.filter, counted, NOW, where.also).count()
            assert told == cell.value(measure), (side, other, measure, pairs)
            wanted = cell.filter(measure)
            if wanted is not None and counted == Counted.APPEALS:
                listed += 1
                with clock.frozen(NOW):
                    assert matching(access, wanted).count() == cell.value(measure), pairs
    assert listed > 100


FILTERS: list[dict[str, Any]] = [
    {"status": "answered"}, {"open": True}, {"overdue": True}, {"late": True},
    {"in_time": True}, {"reopened": True}, {"scored": True}, {"score": 5},
    {"no_place": True}, {"no_topic": True}, {"no_body": True}, {"unassigned": True},
    {"channel": "pos"}, {"regime": "law59"}, {"topic_group": "Дороги"}, {"q": "фонарь"},
    {"q": "фонарь", "open": True}, {"answered_since": date(2026, 1, 20)},
    {"due_since": date(2026, 1, 20), "due_until": date(2026, 2, 20)}, {"repeated": True},
]  # fmt: skip


@pytest.mark.clause("dedovichi:13.2")
def test_filters_mean_the_same_in_cuts_and_in_lists(district: District) -> None:
    for more in FILTERS:
        wanted = AppealFilter(**more)
        with clock.frozen(NOW):
            listed = matching(district.access, wanted).count()
        request = Request(rows=Dimension.CHANNEL, filter=wanted)
        assert cut(district.access, request, now=NOW).total.tally.received == listed, more


def test_the_period_before_stands_beside(district: District) -> None:
    found = cut(district.access, Request(rows=Dimension.BODY, filter=PERIOD), now=NOW)
    earlier = AppealFilter(since=date(2025, 11, 17), until=date(2026, 1, 4))
    before = [r for r in question_rows(district.access, earlier) if r["first"]]
    assert found.before is not None
    assert found.before.received == len(before) > 0
    for row in found.rows:
        change = row.change()
        assert change is not None
        assert change.before == sum(r["body"] == row.key for r in before)
        assert change.now == row.total.value(Measure.RECEIVED)


def test_steps_of_a_period_have_no_gaps(district: District) -> None:
    found = cut(district.access, Request(rows=Dimension.DAY, filter=PERIOD), now=NOW)
    assert len(found.rows) == 49
    assert sum(row.total.tally.received for row in found.rows) == found.total.tally.received
    weeks = cut(district.access, Request(rows=Dimension.WEEK, filter=PERIOD), now=NOW)
    assert weeks.rows[0].label == "05.01–11.01.2026"
    last = date.fromisoformat(str(weeks.rows[-1].key))
    assert end_of(last, Dimension.WEEK) == PERIOD.until


@pytest.mark.clause("pereslavl:2.5.7")
@pytest.mark.clause("pereslavl:2.5.3")
def test_growth_is_found_marked_and_traced_to_its_factors(district: District) -> None:
    snow, roads, village = district.topics[1], district.bodies[1], district.settlements[1]
    for n in range(14):
        for channel in (Channel.POS, Channel.INCIDENT):
            appeal = district.register(
                datetime(2026, 2, 16, 7, tzinfo=NOW.tzinfo) + timedelta(hours=5 * n),
                topic=snow,
                settlement=village,
                channel=channel,
            )
            district.assign(appeal, roads)
    for n in range(6):
        for channel in (Channel.POS, Channel.INCIDENT):
            district.register(
                datetime(2026, 2, 9 + n, 7, tzinfo=NOW.tzinfo),
                topic=snow if n == 0 else district.topics[0],
                settlement=district.settlements[0],
                channel=channel,
            )
    rebuild(municipality_id=district.town.pk)
    week = {"since": date(2026, 2, 16), "until": date(2026, 2, 22)}
    for name in ("pos", "incident"):
        wanted = AppealFilter(channel=name, **week)  # type: ignore[arg-type]
        first = growth(district.access, Dimension.TOPIC, wanted, now=NOW)[0]
        assert (first.key, first.label, first.marked) == (snow.pk, "Снег", True)
        assert first.rows is not None
        for side, key in ((Dimension.SETTLEMENT, village.pk), (Dimension.BODY, roads.pk)):
            factor = growth(district.access, side, first.rows, now=NOW)[0]
            assert (factor.key, factor.marked) == (key, True)
    with pytest.raises(Refused):
        growth(district.access, Dimension.TOPIC, AppealFilter(), now=NOW)


def test_with_a_handful_before_nothing_is_called_growth(district: District) -> None:
    for n in range(9):
        district.register(
            datetime(2027, 3, 1 + n % 5, 7, tzinfo=NOW.tzinfo),
            topic=district.topics[0],
            settlement=district.settlements[0],
            channel=Channel.POS,
        )
    rebuild(municipality_id=district.town.pk)
    wanted = AppealFilter(since=date(2027, 3, 1), until=date(2027, 3, 7))
    assert growth(district.access, Dimension.TOPIC, wanted, now=NOW) == []
    found = cut(district.access, Request(rows=Dimension.TOPIC, filter=wanted), now=NOW)
    assert found.total.tally.received == 9
    assert not found.comparable


def test_a_table_for_files_adds_up(district: District) -> None:
    request = Request(rows=Dimension.TOPIC_GROUP, columns=Dimension.CHANNEL, filter=PERIOD)
    table = cut(district.access, request, now=NOW).table(Measure.RECEIVED)
    assert table[0][0] == "группа тем"
    assert table[0][-1] == table[-1][0] == "Всего"
    body = table[1:-1]
    for column in range(1, len(table[0])):
        numbers = [row[column] for row in body if isinstance(row[column], int)]
        assert sum(map(int, map(str, numbers))) == table[-1][column]


def test_without_the_right_nothing_is_counted(district: District) -> None:
    with pytest.raises(Forbidden):
        cut(district.outsider(), Request(rows=Dimension.BODY), now=NOW)


def test_a_cut_costs_four_queries_and_one_a_period_more_for_what_just_changed(
    district: District,
) -> None:
    request = Request(rows=Dimension.TOPIC, columns=Dimension.BODY, filter=PERIOD)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            cut(district.access, request, now=NOW)
        return len(captured)

    assert cost() == 6
    assert pack_months() >= 2
    assert cost() == 4
