"""The pure part: trees and JSON, matches and their words, circles and shadows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from otklik.casework.automation.rules import (
    CaseFacts,
    Group,
    Leaf,
    Shape,
    Topics,
    condition_of,
    match,
    parts_of,
    remarks,
    restored,
    store,
    width,
)
from otklik.casework.automation.rules.safety import implies
from otklik.casework.automation.vocabulary import Fact, Mode

MONDAY = datetime(2026, 3, 2, 19, 30, tzinfo=UTC)
CASE = CaseFacts(
    channel="pos",
    author="citizen",
    at=MONDAY,
    topic_ids=frozenset((11, 1)),
    group="Дороги",
    settlement_id=5,
    body_id=8,
    text="У дома 3 огромные ямы, машины бьются. Свет на столбах не горит",
)
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
TOPICS = Topics({1: frozenset((1,)), 11: frozenset((11, 1)), 2: frozenset((2,))})


def some(values: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(values, min_size=1, max_size=3, unique=True).map(tuple)


leaves = st.one_of(
    st.builds(Leaf, st.just(Fact.CHANNEL), some(st.sampled_from(["pos", "vk", "email"]))),
    st.builds(Leaf, st.just(Fact.TOPIC), some(st.sampled_from([1, 11, 2]))),
    st.builds(Leaf, st.just(Fact.SETTLEMENT), some(st.integers(1, 3))),
    st.builds(Leaf, st.just(Fact.WORDS), some(st.sampled_from(["яма", "свет", "мусор"]))),
)
conditions = st.builds(
    condition_of, st.sampled_from(list(Mode)), st.lists(leaves, min_size=1, max_size=3),
    st.lists(leaves, max_size=2),
)  # fmt: skip
cases = st.builds(
    CaseFacts, channel=st.sampled_from(["pos", "vk", "email"]), author=st.just("citizen"),
    at=st.just(MONDAY), topic_ids=st.sampled_from(list(TOPICS.lineage.values())),
    settlement_id=st.integers(1, 3), text=st.sampled_from(["ямы", "нет света", "мусор и яма", ""]),
)  # fmt: skip


def one(*given: Leaf, barred: tuple[Leaf, ...] = (), mode: Mode = Mode.ALL) -> Group:
    return condition_of(mode, given, barred)


@unhurried
@given(conditions)
def test_a_condition_comes_back_from_json_and_for_the_editor(condition: Group) -> None:
    assert restored(store(condition)) == condition
    mode, wanted, barred = parts_of(condition)
    assert condition_of(mode, wanted, barred) == condition


@unhurried
@given(conditions, cases)
def test_what_implies_holds_wherever_the_narrower_holds(narrow: Group, case: CaseFacts) -> None:
    for fact in ("pos", "vk"):
        wide = one(Leaf(Fact.CHANNEL, (fact, "email")))
        if implies(narrow, wide, TOPICS) and match(narrow, case):
            assert match(wide, case)


@unhurried
@given(conditions, conditions, cases)
def test_implication_never_lies(first: Group, second: Group, case: CaseFacts) -> None:
    if implies(first, second, TOPICS) and match(first, case):
        assert match(second, case)


@pytest.mark.parametrize("leaf", [
    Leaf(Fact.WORDS, ("яма",)), Leaf(Fact.WORDS, ("машина", "мост")),
    Leaf(Fact.PHRASE, ("свет на столбе",)), Leaf(Fact.TOPIC, (1,)), Leaf(Fact.GROUP, ("Дороги",)),
    Leaf(Fact.HOURS, ("18-8",)), Leaf(Fact.WEEKDAYS, (0,)), Leaf(Fact.MONTHS, (12, 1, 2, 3)),
    Leaf(Fact.AUTHOR, ("citizen",)), Leaf(Fact.SETTLEMENT, (5,)), Leaf(Fact.BODY, (8,)),
])  # fmt: skip
def test_each_fact_is_recognised_and_barred_by_except(leaf: Leaf) -> None:
    assert match(one(leaf), CASE)
    assert not match(one(Leaf(Fact.CHANNEL, ("pos",)), barred=(leaf,)), CASE)


def test_words_are_found_in_any_form_and_told_as_written() -> None:
    found = match(
        one(Leaf(Fact.WORDS, ("ямы", "столб"))), replace(CASE, text="У столба ямка и яма")
    )
    assert [(why.value, why.found) for why in found.why] == [("ямы", "яма"), ("столб", "столба")]


def test_a_phrase_needs_its_words_side_by_side() -> None:
    phrase = one(Leaf(Fact.PHRASE, ("дом 3",)))
    assert match(phrase, CASE)
    assert not match(phrase, replace(CASE, text="3 машины у дома"))


def test_hours_over_midnight_end_in_the_morning() -> None:
    night = one(Leaf(Fact.HOURS, ("18-8",)))
    assert not match(night, replace(CASE, at=MONDAY.replace(hour=8)))
    assert match(night, replace(CASE, at=MONDAY.replace(hour=7)))


def test_bad_json_is_refused() -> None:
    of_fact = [("channel", []), ("topic", ["1"]), ("hours", ["25-3"]), ("colour", ["red"])]
    for bad in ({}, *({"fact": fact, "any": values} for fact, values in of_fact)):
        with pytest.raises((ValueError, KeyError)):
            restored(bad)


def shape(name: str, *leaves: Leaf, order: int = 100, **more: object) -> Shape:
    return Shape(None if name == "новое" else order, name, order, one(*leaves), **more)  # type: ignore[arg-type]


def test_a_rule_that_sets_what_it_waits_for_is_refused() -> None:
    new = shape("новое", Leaf(Fact.TOPIC, (11,)), effects=((Fact.TOPIC, 11),))
    (found,) = remarks(new, [], TOPICS)
    assert found.refuses
    assert "запускало бы само себя" in found.text


def test_two_rules_that_chase_a_case_in_a_circle_are_refused() -> None:
    back = shape("обратно", Leaf(Fact.TOPIC, (2,)), order=10, effects=((Fact.TOPIC, 11),))
    new = shape("новое", Leaf(Fact.TOPIC, (1,)), effects=((Fact.TOPIC, 2),))
    found = remarks(new, [back], TOPICS)[0]
    assert found.refuses
    assert "«новое» → «обратно» → «новое»" in found.text


def test_rules_of_different_channels_do_not_chase_each_other() -> None:
    back = shape("обратно", Leaf(Fact.TOPIC, (2,)), Leaf(Fact.CHANNEL, ("vk",)), order=10,
                 effects=((Fact.TOPIC, 11),))  # fmt: skip
    new = shape("новое", Leaf(Fact.TOPIC, (1,)), Leaf(Fact.CHANNEL, ("pos",)),
                effects=((Fact.TOPIC, 2),))  # fmt: skip
    assert remarks(new, [back], TOPICS) == []


def test_a_rule_behind_a_wider_one_that_stops_is_refused() -> None:
    wide = shape("широкое", Leaf(Fact.TOPIC, (1,)), order=10, stop=True)
    new = shape("новое", Leaf(Fact.TOPIC, (11,)), Leaf(Fact.WORDS, ("яма",)))
    (found,) = remarks(new, [wide], TOPICS)
    assert found.refuses
    assert "никогда не сработает" in found.text
    other_season = replace(wide, until=datetime(2026, 1, 31, tzinfo=UTC).date())
    begun = replace(new, since=datetime(2026, 2, 1, tzinfo=UTC).date())
    assert remarks(begun, [other_season], TOPICS) == []


def test_a_rule_that_would_stop_a_narrower_one_is_warned_about() -> None:
    narrow = shape("узкое", Leaf(Fact.TOPIC, (11,)), order=200)
    new = shape("новое", Leaf(Fact.TOPIC, (1,)), stop=True)
    (found,) = remarks(new, [narrow], TOPICS)
    assert not found.refuses
    assert "«узкое» перестанет срабатывать" in found.text


def test_a_rule_that_feeds_an_earlier_one_is_warned_about() -> None:
    early = shape("раннее", Leaf(Fact.TOPIC, (2,)), order=10)
    new = shape("новое", Leaf(Fact.WORDS, ("труба",)), effects=((Fact.TOPIC, 2),))
    (found,) = remarks(new, [early], TOPICS)
    assert not found.refuses
    assert "стоит раньше" in found.text


def test_width_is_told_from_a_quarter_and_refused_from_three_quarters() -> None:
    assert width(25, 100) is None
    told, refused = width(26, 100), width(76, 100)
    assert told is not None
    assert not told.refuses
    assert "26\u00a0%" in told.text
    assert refused is not None
    assert refused.refuses
    assert width(9, 10) is None
