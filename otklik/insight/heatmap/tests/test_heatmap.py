"""The map shows every case once, within the right of who looks, and leads to the lists."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from otklik.base import clock
from otklik.base.errors import Forbidden, Refused
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.queries import matching
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.casework.appeals.vocabulary import OPEN_STATUSES
from otklik.insight.cuts.vocabulary import Measure
from otklik.insight.facts.actions import rebuild
from otklik.insight.facts.models import QuestionFact
from otklik.insight.facts.tests.world import NOW, START, District, build
from otklik.insight.heatmap.queries import heat_cells, settlement_counts
from otklik.insight.heatmap.rules import Box, Grid, per_thousand

BOX = Box(west=35.9, south=54.9, east=36.25, north=55.25)
EVERYTHING = AppealFilter()


@pytest.fixture
def district(db: None) -> District:
    found = build()
    found.live(20)
    for n in range(30):
        point = {"lat": 55 + found.dice.random() / 3, "lon": 36 + found.dice.random() / 3}
        appeal = found.register(START + timedelta(hours=n), **point)
        if n % 2:
            found.assign(appeal)
    rebuild(municipality_id=found.town.pk)
    return found


def place_of(appeal: Appeal) -> tuple[float, float] | None:
    if appeal.lat is not None and appeal.lon is not None:
        return appeal.lon, appeal.lat
    village = appeal.settlement
    if village is None or village.lon is None or village.lat is None:
        return None
    return village.lon, village.lat


def inside(appeal: Appeal, box: Box) -> bool:
    place = place_of(appeal)
    return (
        place is not None and box.west <= place[0] < box.east and box.south <= place[1] < box.north
    )


@pytest.mark.clause("pereslavl:2.4.4")
@pytest.mark.parametrize("zoom", [5, 9, 12, 16])
def test_cells_hold_every_case_of_the_box_once(district: District, zoom: int) -> None:
    for access in (district.access, district.head_of(district.bodies[1])):
        found = heat_cells(access, EVERYTHING, box=BOX, zoom=zoom, now=NOW)["features"]
        seen = [a for a in matching(access, EVERYTHING) if inside(a, BOX)]
        assert sum(f["properties"]["count"] for f in found) == len(seen) > 0
        late = [a for a in seen if a.status in OPEN_STATUSES and a.due_at and a.due_at < NOW]
        assert sum(f["properties"]["overdue"] for f in found) == len(late)
        met: Counter[int] = Counter()
        for feature in found:
            listed = matching(access, filter_of(feature["properties"]["query"]))
            assert listed.count() == feature["properties"]["count"]
            met.update(listed.values_list("pk", flat=True))
        assert met == Counter(a.pk for a in seen)


def filter_of(query: str) -> AppealFilter:
    return AppealFilter.parse(QueryDict(query))


def test_the_map_obeys_any_filter(district: District) -> None:
    wanted = AppealFilter(channel="pos", open=True, since=date(2025, 12, 22))
    found = heat_cells(district.access, wanted, box=BOX, zoom=10, now=NOW)["features"]
    with clock.frozen(NOW):
        listed = [a for a in matching(district.access, wanted) if inside(a, BOX)]
    assert sum(f["properties"]["count"] for f in found) == len(listed)


def test_settlements_carry_numbers_per_thousand(district: District) -> None:
    wanted = AppealFilter(since=date(2025, 12, 22), until=date(2026, 2, 28))
    found = settlement_counts(district.access, wanted, now=NOW)
    by_id: dict[int, Any] = {f["id"]: f for f in found["features"]}
    for place in district.settlements:
        with clock.frozen(NOW):
            count = matching(
                district.access,
                AppealFilter(since=wanted.since, until=wanted.until, settlement=place.pk),
            ).count()
        shown = by_id[place.pk]["properties"]
        assert shown["count"] == count
        expected = round(1000 * count / place.population, 2) if place.population else None
        assert shown["per_1000"] == expected
        assert by_id[place.pk]["geometry"]["coordinates"] == [place.lon, place.lat]
    facts = QuestionFact.objects.filter(is_first=True, received_on__lte=wanted.until)
    assert found["properties"]["no_place"] == facts.filter(settlement_id=None).count()
    late = settlement_counts(district.access, wanted, now=NOW, measure=Measure.OVERDUE)
    assert late["properties"]["label"] == "просрочено"


def test_a_boundary_is_shown_where_there_is_one(district: District) -> None:
    place = district.settlements[0]
    place.boundary = {
        "type": "Polygon",
        "coordinates": [[[36, 55], [36.1, 55], [36, 55.1], [36, 55]]],
    }
    place.save()
    found = settlement_counts(district.access, EVERYTHING, now=NOW)["features"]
    assert next(f for f in found if f["id"] == place.pk)["geometry"] == place.boundary


def test_without_the_right_there_is_no_map(district: District) -> None:
    with pytest.raises(Forbidden):
        heat_cells(district.outsider(), EVERYTHING, box=BOX, zoom=10, now=NOW)
    with pytest.raises(Forbidden):
        settlement_counts(district.outsider(), EVERYTHING, now=NOW)


def test_queries_do_not_grow(district: District) -> None:
    with CaptureQueriesContext(connection) as cells:
        heat_cells(district.access, EVERYTHING, box=BOX, zoom=12, now=NOW)
    with CaptureQueriesContext(connection) as villages:
        settlement_counts(
            district.access,
            AppealFilter(since=date(2026, 1, 1), until=date(2026, 1, 31)),
            now=NOW,
        )
    assert (len(cells), len(villages)) == (1, 4)


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "а,б,в,г", "37,55,36,56", "36,91,37,95", "nan,1,2,3"]
)
def test_a_wrong_box_is_refused_with_the_mend(text: str) -> None:
    with pytest.raises(Refused) as refused:
        Box.parse(text)
    assert "запад, юг, восток, север" in refused.value.mend


@given(st.floats(30, 50), st.floats(40, 70), st.integers(0, 22))
def test_a_point_lies_in_its_cell(lon: float, lat: float, zoom: int) -> None:
    grid = Grid.at(zoom, lat)
    cell = grid.cell(int(lon // grid.width), int(lat // grid.height))
    assert cell.west - 1e-9 <= lon <= cell.east + 1e-9
    assert cell.south - 1e-9 <= lat <= cell.north + 1e-9
    assert Box.parse(str(cell)) == cell


def test_nobody_knows_how_many_live_there() -> None:
    assert per_thousand(5, None) is None
    assert per_thousand(5, 0) is None
    assert per_thousand(3, 1500) == 2.0
