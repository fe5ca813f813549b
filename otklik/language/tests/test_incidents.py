"""Messages of one incident are put together, others are kept apart; candidates are found fast."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from otklik.language.gold.incidents import HELD_OUT, KNOWN, read, score
from otklik.language.similarity import Index, Message, Place, same_incident
from otklik.language.similarity.index import PER_COLUMN

AT = datetime(2026, 2, 10, 7, tzinfo=UTC)
BURST = Message("Прорвало трубу, вода хлещет на дорогу", AT, Place("Лугинск", "Садовая", "5"))
DRY = Message(
    "Нет воды с утра, в кране сухо", AT + timedelta(hours=2), Place("Лугинск", "Садовая", "7")
)


def test_incidents_are_put_together_as_people_would() -> None:
    told = read(KNOWN)
    assert len({one.incident for one in told}) >= 120
    assert len(told) + len(read(HELD_OUT)) >= 400
    assert score(told).f1 >= 0.85


def test_incidents_never_looked_at_are_put_together_as_well() -> None:
    told = read(HELD_OUT)
    assert len(told) >= 100
    assert score(told).f1 >= 0.85


def test_a_verdict_says_why() -> None:
    verdict = same_incident(BURST, DRY)
    assert verdict.same
    assert verdict.reasons[0] == "соседние дома"
    assert "об одном: водоснабжение" in verdict.reasons
    assert "с разницей в 2\u00a0часа" in verdict.reasons


@pytest.mark.parametrize(
    "other",
    [
        replace(BURST, place=Place("Берёзовка", "Садовая", "5")),
        replace(BURST, at=AT + timedelta(days=35)),
        replace(DRY, text="Когда почистят снег на тротуаре?"),
        replace(DRY, place=Place("Лугинск", "Садовая", "150")),
    ],
)
def test_another_place_time_or_matter_is_another_incident(other: Message) -> None:
    assert not same_incident(BURST, other).same


def test_the_order_of_two_messages_does_not_matter() -> None:
    told = read(KNOWN)[:40]
    for first, second in pairwise(told):
        assert same_incident(first.message, second.message) == same_incident(
            second.message, first.message
        )


def test_points_stand_for_addresses() -> None:
    here = replace(BURST, place=Place("Лугинск", lat=53.41, lon=41.22))
    near = replace(DRY, place=Place("Лугинск", lat=53.4105, lon=41.2205))
    far = replace(DRY, place=Place("Лугинск", lat=53.45, lon=41.22))
    assert same_incident(here, near).same
    assert not same_incident(here, far).same


def filled(many: int) -> Index:
    index = Index()
    for key in range(many):
        at = AT - timedelta(hours=key)
        index.add(key, Message("Прошу включить двор в программу", at, Place("Лугинск", "Мира")))
    return index


def test_candidates_come_by_words_and_by_place() -> None:
    index = filled(3)
    index.add(10, BURST)
    index.add(11, replace(BURST, place=Place("Берёзовка"), at=AT - timedelta(days=5)))
    index.add(12, replace(BURST, at=AT - timedelta(days=400)))
    found = index.candidates(DRY)
    assert [one.key for one in found if one.by_place and one.shared == 0][:1] == [10]
    by_words = index.candidates(replace(BURST, place=Place()))
    assert {one.key for one in by_words} == {10, 11}
    assert all(one.shared == 8 for one in by_words)


def test_a_mass_letter_does_not_flood_the_candidates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("otklik.language.similarity.index.MERGE_AT", 300)
    index = filled(1000)
    asked = Message("Прошу включить двор в программу", AT, Place("Лугинск", "Мира"))
    found = index.candidates(asked, most=10_000)
    assert len(index) == 1000
    assert PER_COLUMN <= len(found) <= 2 * PER_COLUMN
    assert {one.key for one in found} >= set(range(PER_COLUMN))
