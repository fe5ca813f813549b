"""The map shows every case once, within the right of who looks, and leads to the lists."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from otklik.base import clock
from otklik.base.errors import Forbidden, Refused
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.queries import matching
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.casework.appeals.vocabulary import OPEN_STATUSES
from otklik.directory.organisation.rules import Access
from otklik.insight.cuts.queries import facts_of
from otklik.insight.cuts.vocabulary import Counted
from otklik.insight.facts.actions import pack_months, rebuild
from otklik.insight.facts.tests.world import NOW, START, District, build
from otklik.insight.heatmap.queries import Layer, layer_of, playback_of
from otklik.insight.heatmap.vocabulary import Step, View

MONTH = AppealFilter(since=date(2026, 1, 1), until=date(2026, 1, 31))
DECEMBER = AppealFilter(since=date(2025, 12, 1), until=date(2025, 12, 31))
WHOLE = AppealFilter(since=date(2025, 12, 1), until=date(2026, 3, 2))


@pytest.fixture
def district(db: None) -> District:
    found = build()
    found.live(20)
    for n in range(30):
        point = {"lat": 55 + found.dice.random() / 3, "lon": 36 + found.dice.random() / 3}
        appeal = found.register(START + timedelta(hours=n), **point)
        if n % 2:
            found.assign(appeal)
    for place, body in zip(found.settlements, found.bodies, strict=True):
        place.territorial_body = body
        place.save()
    rebuild(municipality_id=found.town.pk)
    return found


def layer(access: Access, wanted: AppealFilter, view: View, level: int = 12) -> Layer:
    return layer_of(access, wanted, view=view, level=level, now=NOW)


def listed(access: Access, query: str) -> list[int]:
    with clock.frozen(NOW):
        found = matching(access, AppealFilter.parse(QueryDict(query)))
        return list(found.values_list("pk", flat=True))


def all_of(access: Access, wanted: AppealFilter) -> list[Appeal]:
    with clock.frozen(NOW):
        return list(matching(access, wanted))


@pytest.mark.clause("pereslavl:2.4.4")
@pytest.mark.parametrize("view", list(View))
def test_every_case_stands_in_one_spot_and_its_link_lists_it(
    district: District, view: View
) -> None:
    for access in (district.access, district.head_of(district.bodies[1])):
        found = layer(access, WHOLE, view)
        cases = all_of(access, WHOLE)
        assert found.total == len(cases) > 0
        late = [a for a in cases if a.status in OPEN_STATUSES and a.due_at and a.due_at < NOW]
        met: Counter[int] = Counter()
        for spot in found.spots:
            rows = listed(access, spot.query) if spot.count else []
            assert len(rows) == spot.count
            met.update(rows)
        lost = listed(access, found.nowhere_query) if found.nowhere else []
        assert len(lost) == found.nowhere
        met.update(lost)
        assert met == Counter(a.pk for a in cases)
        on_map = {a.pk for a in late} - set(lost)
        assert sum(spot.overdue for spot in found.spots) == len(on_map)


@pytest.mark.parametrize("level", [8, 12, 16])
def test_hexagons_of_any_size_hold_the_same_cases(district: District, level: int) -> None:
    found = layer(district.access, WHOLE, View.HEXAGONS, level)
    assert found.total == len(all_of(district.access, WHOLE))
    month = layer(district.access, MONTH, View.HEXAGONS, level)
    assert {spot.key for spot in month.spots} <= {spot.key for spot in found.spots}
    assert all(spot.geometry and len(spot.geometry["coordinates"][0]) == 7 for spot in found.spots)


def test_a_restricted_head_sees_only_his_own(district: District) -> None:
    own = district.head_of(district.bodies[1])
    mine = {a.pk for a in all_of(own, WHOLE)}
    for view in View:
        found = layer(own, WHOLE, view)
        assert found.total == len(mine) < layer(district.access, WHOLE, view).total
        before = sum(spot.before or 0 for spot in layer(own, MONTH, view).spots)
        assert before <= len(all_of(own, DECEMBER))


def test_change_and_residents(district: District) -> None:
    found = layer(district.access, MONTH, View.PLACES)
    assert found.compared
    for spot, place in ((s, p) for s in found.spots for p in district.settlements):
        if spot.key != str(place.pk):
            continue
        now = len(all_of(district.access, replace(MONTH, settlement=place.pk)))
        then = len(all_of(district.access, replace(DECEMBER, settlement=place.pk)))
        assert (spot.count, spot.before, spot.change) == (now, then, now - then)
        people = place.population
        assert spot.per_1000 == (round(1000 * now / people, 2) if people else None)
    assert layer(district.access, AppealFilter(), View.PLACES).spots[0].change is None


@pytest.mark.parametrize("view", list(View))
@pytest.mark.parametrize(
    ("wanted", "step", "count"),
    [
        (MONTH, Step.DAY, 31),
        (AppealFilter(since=date(2025, 12, 24), until=date(2026, 2, 11)), Step.WEEK, 8),
        (AppealFilter(since=date(2025, 3, 15), until=date(2026, 3, 2)), Step.MONTH, 13),
    ],
)
def test_frames_add_up_to_the_layer(
    district: District, view: View, wanted: AppealFilter, step: Step, count: int
) -> None:
    whole = layer(district.access, wanted, view)
    level = whole.level or 12
    found = playback_of(district.access, wanted, view=view, level=level, now=NOW)
    assert (found.step, len(found.frames)) == (step, count)
    assert (found.frames[0].since, found.frames[-1].until) == (wanted.since, wanted.until)
    sums = {key: sum(one.values()) for key, one in found.counts.items()}
    assert sums == {spot.key: spot.count for spot in whole.spots if spot.count}
    place = len(found.frames) // 2
    frame = found.frames[place]
    inside = AppealFilter(since=frame.since, until=frame.until)
    there = layer(district.access, inside, view, level)
    shown = sum(one.get(place, 0) for one in found.counts.values())
    assert shown == there.total - there.nowhere


@pytest.mark.parametrize(
    "corners",
    [
        "36.0,55.0;36.25,55.0;36.25,55.25;36.0,55.25",
        "36.0,55.0;36.3,55.05;36.1,55.3;36.2,55.1",
        "35.99999,54.99999;36.10001,54.99999;36.10001,55.10001;35.99999,55.10001",
    ],
)
def test_an_outline_means_the_same_in_lists_and_in_counts(district: District, corners: str) -> None:
    for access in (district.access, district.head_of(district.bodies[0])):
        wanted = AppealFilter.parse({"area": corners})
        cases = all_of(access, wanted)
        facts = facts_of(access, wanted, Counted.APPEALS, NOW)
        assert sorted(a.pk for a in cases) == sorted(facts.values_list("appeal_id", flat=True))
        assert len(cases) > 0
        assert layer(access, wanted, View.HEXAGONS).total == len(cases)


def test_a_square_outline_holds_what_its_box_holds(district: District) -> None:
    box = AppealFilter(bbox="36.05,55.05,36.25,55.25")
    outline = AppealFilter(area="36.05,55.05;36.25,55.05;36.25,55.25;36.05,55.25")
    assert {a.pk for a in all_of(district.access, box)} == {
        a.pk for a in all_of(district.access, outline)
    }


@pytest.mark.parametrize(
    "query",
    [{"area": "1,2;3,4"}, {"cells": "13:x"}, {"places": "1,drop"}, {"cells": "77:1.1"}],
)
def test_places_that_cannot_be_read_are_refused(query: dict[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        AppealFilter.parse(query)
    assert "заново" in refused.value.mend


def test_without_the_right_there_is_no_map(district: District) -> None:
    for view in View:
        with pytest.raises(Forbidden):
            layer(district.outsider(), WHOLE, view)
        with pytest.raises(Forbidden):
            playback_of(district.outsider(), WHOLE, view=view, level=12, now=NOW)


def test_one_statement_counts_a_layer_and_one_more_what_just_changed(district: District) -> None:
    for changed in (True, False):
        for view in (View.PLACES, View.DISTRICTS, View.HEXAGONS):
            with CaptureQueriesContext(connection) as asked:
                layer(district.access, MONTH, view)
            assert len(asked) == 2 + changed
            rows = [query for query in asked.captured_queries if "facts_question" in query["sql"]]
            assert len(rows) == changed
        pack_months()
