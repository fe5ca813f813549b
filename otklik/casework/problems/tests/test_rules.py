"""Groups, causes, spikes and greetings: pure."""

from __future__ import annotations

import random
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.casework.problems.rules import (
    WEEKS,
    commonest,
    fits,
    group_of,
    is_spike,
    middle,
    personal_text,
    probable_cause,
    spike_told,
    title_of,
    usual_level,
)
from otklik.casework.problems.rules.spikes import chance_of

CASES = st.integers(0, 11)
EDGES = st.sets(st.tuples(CASES, CASES).filter(lambda pair: pair[0] < pair[1]))


def likeness_of(edges: set[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {one: set() for one in range(12)}
    for one, other in edges:
        found[one].add(other)
        found[other].add(one)
    return found


@given(EDGES)
def test_each_of_a_group_is_alike_with_half_of_it(edges: set[tuple[int, int]]) -> None:
    likeness = likeness_of(edges)
    group = group_of(0, likeness)
    assert group[0] == 0
    assert set(group[1:]) <= likeness[0]
    for one in group[1:]:
        assert len(likeness[one] & set(group)) * 2 >= len(group) - 1


@given(EDGES, st.sets(CASES, min_size=2))
def test_what_was_said_apart_is_never_grouped_again(
    edges: set[tuple[int, int]], apart: set[int]
) -> None:
    group = group_of(0, likeness_of(edges), [frozenset(apart)])
    assert len(set(group) & apart) <= 1


def test_all_alike_make_one_group() -> None:
    everybody = set(combinations(range(12), 2))
    assert sorted(group_of(0, likeness_of(everybody))) == list(range(12))


def test_one_odd_likeness_does_not_join_a_problem() -> None:
    assert fits(1, 3)
    assert not fits(1, 4)
    assert not fits(0, 0)


@given(st.integers(0, 60), st.floats(0, 40))
def test_the_chance_falls_with_the_count(count: int, level: float) -> None:
    assert 0 <= chance_of(count + 1, level) <= chance_of(count, level) + 1e-12
    assert chance_of(0, level) == 1


@given(st.integers(3, 400), st.integers(0, 2**32))
def test_four_times_the_usual_is_a_spike(usual: int, seed: int) -> None:
    near = [max(usual + random.Random(seed + n).choice((-1, 0, 1)), 0) for n in range(WEEKS)]
    level = usual_level(near)
    assert usual - 1 <= level <= usual + 1
    if level >= 3:
        assert is_spike(round(4 * level), near)


@pytest.mark.parametrize("level", [0.05, 0.3, 1, 3, 10, 40])
def test_an_even_stream_hardly_ever_spikes(level: float) -> None:
    dice, fired, days = random.Random(1), 0, 3000
    for _ in range(days):
        counts = [_poisson(dice, level) for _ in range(WEEKS + 1)]
        fired += is_spike(counts[0], counts[1:])
    assert fired <= days * 0.005


def _poisson(dice: random.Random, level: float) -> int:
    count, passed = 0, dice.expovariate(level)
    while passed < 1:
        count += 1
        passed += dice.expovariate(level)
    return count


@given(st.integers(0, 3))
def test_a_few_cases_are_no_spike(count: int) -> None:
    assert not is_spike(count, [0] * WEEKS)


def test_a_spike_is_told_with_its_numbers() -> None:
    told = spike_told(14, 2.5, date(2026, 2, 12))
    assert told == "14\u00a0обращений за день, обычно для четверга — 2,5"


def test_the_cause_is_told_by_the_words_of_the_messages() -> None:
    texts = ["Прорвало трубу, вода хлещет", "Нет воды с утра", "Вода фонтаном на дороге"]
    cause = probable_cause(texts, "Водоснабжение")
    assert cause is not None
    assert cause.title == "прорыв трубы"
    assert (cause.told, cause.total) == (2, 3)
    assert "так пишут в 2 из 3\u00a0обращений" in cause.sentence()
    assert probable_cause(["Спасибо за праздник"], "") is None
    named = probable_cause(["Когда?"], "Отопление")
    assert named is not None
    assert named.sentence() == "перебой с отоплением: так назвали тему"


@given(st.text(max_size=300))
def test_any_text_has_a_cause_or_none(text: str) -> None:
    found = probable_cause([text], text)
    assert found is None or found.sentence()


def test_a_problem_is_named_by_cause_and_place() -> None:
    assert title_of("прорыв трубы", "Вода", "улица Мира") == "Прорыв трубы: улица Мира"
    assert title_of("", "", "") == "Массовая проблема"
    assert commonest(["а", "а", None, "б"]) == "а"
    assert commonest(["а", "б", "в"]) is None
    assert middle([(1, 1), (2, 2), (50, 60)]) == (2, 2)
    assert middle([]) is None


@pytest.mark.parametrize(
    ("text", "name", "public", "wanted"),
    [
        ("Готово.", "Иванова Мария Петровна", False, "Здравствуйте, Мария Петровна!\n\nГотово."),
        ("Готово.", "Иванова Мария Петровна", True, "Здравствуйте!\n\nГотово."),
        ("Готово.", "", False, "Здравствуйте!\n\nГотово."),
        ("Добрый день, {имя}! Готово.", "Иванова Мария Петровна", False,
         "Добрый день, Мария Петровна! Готово."),
        ("Добрый день, {{имя}}! Готово.", "", False, "Добрый день! Готово."),
        ("Здравствуйте! Готово.", "Иванова Мария Петровна", False, "Здравствуйте! Готово."),
    ],
)  # fmt: skip
def test_one_text_is_made_each_authors_own(text: str, name: str, public: bool, wanted: str) -> None:
    assert personal_text(text, name, public=public) == wanted
