"""Hexagons tile the plane, the database agrees with the rules, wrong shapes are refused."""

from __future__ import annotations

import math
import random

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from otklik.base.errors import Refused
from otklik.directory.territory.queries import hexagon_keys
from otklik.directory.territory.rules import (
    Hexagon,
    corners,
    key_of,
    level_for,
    middle,
    neighbours,
    read_hexagons,
    read_outline,
    said_hexagons,
    size_km,
    unpacked,
)


def _cell(said: tuple[int, float, float]) -> Hexagon:
    level, east, north = said
    a, b = round(east * 2**level), round(north * 2**level / 3)
    return Hexagon(level, a, b + (a + b) % 2)


CELLS = st.tuples(st.integers(8, 20), st.floats(-1, 1), st.floats(-1, 1)).map(_cell)


@given(CELLS)
def test_a_cell_keeps_its_name(cell: Hexagon) -> None:
    assert unpacked(cell.level, key_of(cell)) == cell
    assert read_hexagons(said_hexagons(cell.level, [cell, *neighbours(cell)])) == [
        cell,
        *neighbours(cell),
    ]


@given(CELLS)
def test_neighbours_share_two_corners_exactly(cell: Hexagon) -> None:
    mine = set(corners(cell))
    assert len(mine) == 6
    assert [len(mine & set(corners(other))) for other in neighbours(cell)] == [2] * 6


@pytest.mark.django_db
@pytest.mark.parametrize("level", [4, 11, 13, 16, 20])
def test_the_database_puts_a_point_in_the_nearest_cell(level: int) -> None:
    dice = random.Random(level)
    points = [(dice.uniform(20, 170), dice.uniform(41, 81)) for _ in range(300)]
    asked = ", ".join(["(%s::float8, %s::float8)"] * len(points))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT lon, lat, {hexagon_keys('lon', 'lat', level)}"
            f" FROM (VALUES {asked}) AS points (lon, lat)",
            [edge for point in points for edge in point],
        )
        found = cursor.fetchall()
    for lon, lat, key in found:
        cell = unpacked(level, key)
        assert (cell.a + cell.b) % 2 == 0
        others = [_apart(lon, lat, other) for other in neighbours(cell)]
        assert _apart(lon, lat, cell) <= min(others) + 1e-12


def _apart(lon: float, lat: float, cell: Hexagon) -> float:
    east, north = middle(cell)
    return math.dist((lon / 360, _mercator(lat)), (east / 360, _mercator(north)))


def _mercator(lat: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) / (2 * math.pi)


@pytest.mark.parametrize(
    "text",
    ["1,2;3,4", "a,b;c,d;e,f", "1,2;3,4;500,6", "nan,1;2,3;4,5", "1;2;3", ";".join(["1,2"] * 101)],
)
def test_a_wrong_outline_is_refused_with_the_mend(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_outline(text)
    assert "от 3 до 100 точек" in refused.value.mend


@pytest.mark.parametrize(
    "text", ["", "13:", "13:1", "x:1.1", "99:1.1", "13:1.1.1", "13:a.b", "13:99999999.0"]
)
def test_wrong_cells_are_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_hexagons(text)
    assert "заново" in refused.value.mend


def test_levels_fit_the_place() -> None:
    assert size_km(13, 55.75) == pytest.approx(2.753, abs=0.001)
    assert level_for(36.0, 37.0) == level_for(136.0, 137.0) == 12
    assert level_for(36.0, 36.0) <= 16
