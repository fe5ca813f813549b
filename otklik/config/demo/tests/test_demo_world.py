"""The invented district is a real drawing: it tiles, its houses stand where they should."""

from __future__ import annotations

import csv
import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import otklik
from otklik.config.demo.geography import draw
from otklik.config.demo.geometry import inside, to_degrees, to_kilometres
from otklik.config.demo.source import DATA
from otklik.config.demo.templates import parse_line, tidy
from otklik.config.demo.topics import load_topics
from otklik.config.demo.world import load_world
from otklik.directory.organisation.vocabulary import BodyKind, MunicipalityKind, Permission, Scope
from otklik.directory.territory.vocabulary import SettlementKind
from otklik.directory.topics.vocabulary import Theme

ORIGIN = (58.9, 41.2)


def _area(ring: list[list[float]]) -> float:
    points = [to_kilometres(p, ORIGIN) for p in ring]
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(points))) / 2


def test_stored_map_is_the_drawn_one() -> None:
    assert json.loads((DATA / "map.json").read_text(encoding="utf-8")) == draw()


def test_settlements_tile_the_municipality() -> None:
    world = load_world()
    whole = _area(world.layers["outline"]["features"][0]["geometry"]["coordinates"][0])
    parts = sum(_area(s.boundary["coordinates"][0]) for s in world.settlements)
    assert parts == pytest.approx(whole, rel=1e-4)


def test_houses_stand_in_their_settlement_and_by_their_street() -> None:
    world = load_world()
    for street in world.streets:
        boundary = world.settlement[street.settlement].boundary["coordinates"][0]
        ring = [(p[0], p[1]) for p in boundary[:-1]]
        assert len({h.number for h in street.houses}) == len(street.houses)
        assert all(inside((h.lon, h.lat), ring) for h in street.houses)
    assert len(world.streets) >= 88
    assert len({s.key for s in world.streets}) == len(world.streets)


def test_words_are_those_of_the_product() -> None:
    world = load_world()
    assert world.municipality["kind"] in MunicipalityKind.values
    assert {s.kind for s in world.settlements} <= set(SettlementKind.values)
    assert {b.kind for b in world.bodies} <= set(BodyKind.values)
    for role in world.roles:
        for scope, permissions in role.grants:
            assert scope in Scope.values
            assert set(permissions) <= set(Permission.values)
    assert {t.theme for t in load_topics().values()} <= set(Theme.values)


def test_staff_belong_to_bodies_and_addresses_are_reserved() -> None:
    world = load_world()
    assert {s.body for s in world.staff} <= set(world.body)
    assert {b.parent for b in world.bodies} <= {"", *world.body}
    assert {s.office for s in world.settlements} <= set(world.body)
    assert all(b.email.endswith(".example") for b in world.bodies)
    assert all(s.email.endswith(".example") for s in world.staff)


def test_topics_have_official_codes() -> None:
    folder = Path(otklik.__file__).parent / "directory" / "topics" / "data"
    codes = set()
    for name in ("classifier.tsv", "classifier_municipal.tsv"):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            codes |= {row["code"] for row in csv.DictReader(file, delimiter="\t")}
    assert {t.code for t in load_topics().values()} <= codes


@given(st.floats(-30, 30), st.floats(-25, 25))
def test_degrees_and_kilometres_agree(x: float, y: float) -> None:
    back = to_kilometres(to_degrees((x, y), ORIGIN), ORIGIN)
    assert back == pytest.approx((x, y), abs=0.002)


@pytest.mark.parametrize("broken", ["{а|б", "а}", "[он/она", "<where", "а] б"])
def test_broken_templates_are_refused(broken: str) -> None:
    with pytest.raises(ValueError, match=r"bracket|substring"):
        parse_line(broken)


def test_conditions_of_a_template() -> None:
    winter = parse_line("@11-3 #ice {Каток|Лёд}")
    assert winter.tag == "ice"
    assert winter.months == {11, 12, 1, 2, 3}
    assert winter.fits(1, "ice")
    assert not winter.fits(6, "ice")
    assert not winter.fits(1, "")
    assert tidy(" нет  света , опять") == "Нет света, опять"
