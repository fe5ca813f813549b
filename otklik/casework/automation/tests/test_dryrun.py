"""The dry run: the same cases as the pure match finds, counted by a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from otklik.base import clock
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.casework.automation.actions import RuleGiven, UnconfirmedError, try_rule, unsaved
from otklik.casework.automation.actions.saving import LOOKED_BACK
from otklik.casework.automation.models import AutoRule
from otklik.casework.automation.queries.dryrun import dry_run
from otklik.casework.automation.queries.in_force import facts_of, topics_above
from otklik.casework.automation.rules import Leaf, condition_of, match
from otklik.casework.automation.tests.conftest import Centre, to, topic, words
from otklik.casework.automation.vocabulary import Fact, Mode

Arrives = Callable[..., Appeal]
Rule = Callable[..., AutoRule]

TEXTS = (
    "Во дворе яма", "Ямы по всей улице, счёт за ремонт", "Из-за снегопада не чистят",
    "Течёт труба у дома 12/3", "Лучше бы починили свет", "Кое-где нет света", "Ёлка упала",
    "Вода в подвале", "Счет за воду вдвое больше",
)  # fmt: skip
LEAVES = (
    words("яма"), words("счет"), words("счёт", "елка"), words("хороший"), words("из-за"),
    words("12/3"), words("во дворе", "дом"), words("кое-где", "вода"),
    Leaf(Fact.PHRASE, ("свет починить",)),
    Leaf(Fact.PHRASE, ("во дворе", "нет света")), Leaf(Fact.CHANNEL, ("vk",)),
    Leaf(Fact.AUTHOR, ("citizen",)), Leaf(Fact.HOURS, ("18-8",)),
)  # fmt: skip


def window() -> dict[str, Any]:
    return {"since": clock.now() - LOOKED_BACK, "until": clock.now()}


def test_the_index_finds_exactly_what_the_pure_match_finds(
    centre: Centre, arrives: Arrives
) -> None:
    for number, text in enumerate(TEXTS):
        arrives(text, channel=("pos", "vk")[number % 2],
                received_at=clock.now() - timedelta(hours=7 * number + 1))  # fmt: skip
    topics = topics_above()
    cases = list(Appeal.objects.select_related("municipality", "applicant", "topic", "settlement"))
    every = [
        condition_of(mode, pair, ())
        for mode, pair in product(Mode, [*((leaf,) for leaf in LEAVES), *product(LEAVES, LEAVES)])
    ]
    every += [
        condition_of(Mode.ALL, (Leaf(Fact.CHANNEL, ("pos", "vk")),), (leaf,)) for leaf in LEAVES
    ]
    for condition in every:
        wanted = {case.pk for case in cases if match(condition, facts_of(case, topics))}
        run = dry_run(municipality=centre.place, condition=condition, topics=topics, **window())
        assert set(run.touched) == wanted, condition
    assert any(wanted for wanted in [match(every[0], facts_of(case, topics)) for case in cases])


def test_it_tells_who_was_reassigned_by_hand_and_who_went_elsewhere(
    centre: Centre, arrives: Arrives, rule: Rule
) -> None:
    for number in range(4):
        case = arrives(f"Яма номер {number}")
        assign_executor(access=centre.head, appeal_id=case.pk, body_id=centre.roads.pk)
        if number:
            assign_executor(access=centre.head, appeal_id=case.pk, body_id=centre.water.pk)
    arrives("Яма за прошлый год", received_at=clock.now() - timedelta(days=200))
    arrives("Нет света")
    run = try_rule(rule(words("яма"), acts=[to(centre.roads)]), window()["since"])
    assert (len(run.touched), run.total, len(run.reassigned), run.elsewhere) == (4, 5, 3, 3)
    assert [why.found for why in run.shown[0].why] == ["яма"]


def test_it_tells_what_an_earlier_rule_keeps_for_itself(
    centre: Centre, arrives: Arrives, rule: Rule
) -> None:
    arrives("Яма и мусор")
    arrives("Яма у школы")
    rule(words("мусор"), acts=[to(centre.water)], name="Мусор", order=1, stop=True)
    run = try_rule(rule(words("яма"), acts=[to(centre.roads)]), window()["since"])
    assert run.taken_by == {"Мусор": 1}


def test_an_unsaved_rule_may_be_tried(centre: Centre, arrives: Arrives) -> None:
    arrives("Яма у школы")
    given = RuleGiven(name="Ямы", leaves=(words("яма"),), acts=(to(centre.roads),))
    run = try_rule(unsaved(centre.keeper, given), window()["since"])
    assert len(run.touched) == 1
    assert not AutoRule.objects.exists()


def test_a_rule_that_touches_too_much_needs_a_persons_word(
    centre: Centre, arrives: Arrives, rule: Rule
) -> None:
    for number in range(40):
        arrives(f"Яма {number}" if number % 2 else f"Свет {number}")
    with pytest.raises(UnconfirmedError, match="затронуло бы 50"):
        rule(words("яма"), acts=[to(centre.roads)])
    assert rule(words("яма"), acts=[to(centre.roads)], confirmed=True).pk


def test_the_number_of_queries_does_not_grow_with_cases(
    centre: Centre, arrives: Arrives, rule: Rule, django_assert_max_num_queries: Any
) -> None:
    made = rule(words("яма"), topic(centre.all_roads), acts=[to(centre.roads)], mode=Mode.ANY)
    for number in range(30):
        arrives(f"Яма номер {number}")
        if number in (2, 29):
            with django_assert_max_num_queries(13):
                assert len(try_rule(made, window()["since"]).touched) == number + 1
