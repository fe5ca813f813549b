"""Writing the rule table leaves its trace in the journal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.base.errors import NotFound, Refused
from otklik.casework.routing.actions import Territory, retire_rule, save_rule
from otklik.casework.routing.models import RoutingRule
from otklik.casework.routing.rules import CaseFacts, Guess, RuleFacts, choose, fits, weight
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.territory.models import Settlement
from otklik.records.journal.models import Entry

pytestmark = pytest.mark.django_db


def test_saved_and_retired_rules_are_told_by_name() -> None:
    place = Municipality.objects.create(
        slug="olkhovka", name="Округ", short_name="Округ", kind="municipal_okrug", region="Край"
    )
    body = Body.objects.create(municipality=place, name="Горсвет", kind="institution")
    access = Access.system(place.pk)
    rule = save_rule(access=access, name="Фонари", body_id=body.pk, channel="pos", automatic=True)
    retire_rule(access=access, rule_id=rule.pk)
    told = list(Entry.objects.order_by("pk").values_list("sentence", flat=True))
    assert told == [
        "Правило «Фонари» назначает само: Горсвет",
        "Правило «Фонари» больше не действует",
    ]
    assert not RoutingRule.objects.filter(is_active=True).exists()


def test_a_rule_without_conditions_may_not_assign() -> None:
    place = Municipality.objects.create(
        slug="olkhovka", name="Округ", short_name="Округ", kind="municipal_okrug", region="Край"
    )
    body = Body.objects.create(municipality=place, name="Горсвет", kind="institution")
    with pytest.raises(Refused, match="забрало бы все обращения"):
        save_rule(access=Access.system(place.pk), name="", body_id=body.pk, automatic=True)


def facts(pk: int, **more: Any) -> RuleFacts:
    return RuleFacts(**{"pk": pk, "order": 100, "body_id": pk * 10, "name": f"№ {pk}", **more})


def nothing() -> list[Guess]:
    raise AssertionError("the text is asked only when rules are equal")


PLACE = CaseFacts(
    topic_id=1, topic_group="Дороги", theme="roads", settlement_id=5, street_id=7, holder_id=90,
    channel="pos",
)  # fmt: skip


@pytest.mark.parametrize(
    ("wide", "narrow"),
    [
        ({}, {"channel": "pos"}),
        ({"channel": "pos"}, {"settlement_ids": frozenset({4, 5})}),
        ({"settlement_ids": frozenset({5})}, {"street_ids": frozenset({7, 8})}),
        ({"street_ids": frozenset({7}), "channel": "pos"}, {"holder_id": 90}),
        ({"holder_id": 90}, {"theme": "roads"}),
        ({"theme": "roads"}, {"topic_group": "Дороги"}),
        ({"topic_group": "Дороги", "holder_id": 90}, {"topic_id": 1}),
        ({"topic_id": 1}, {"topic_id": 1, "settlement_ids": frozenset({5})}),
    ],
)
def test_the_most_specific_rule_wins(wide: dict[str, Any], narrow: dict[str, Any]) -> None:
    found = choose([facts(1, **wide), facts(2, **narrow)], PLACE, nothing)
    assert found is not None
    assert found.pk == 2


@pytest.mark.parametrize(
    "alien",
    [
        {"settlement_ids": frozenset({6})},
        {"street_ids": frozenset({8})},
        {"settlement_ids": frozenset({5}), "street_ids": frozenset({8})},
        {"holder_id": 91},
        {"theme": "waste"},
    ],
)
def test_a_rule_of_elsewhere_does_not_fit(alien: dict[str, Any]) -> None:
    assert choose([facts(1, **alien)], PLACE, nothing) is None


def test_the_balance_holder_is_the_executor_where_he_is_known() -> None:
    rule = facts(1, to_holder=True, topic_id=1)
    found = choose([facts(2, topic_id=1), rule], PLACE, nothing)
    assert found is not None
    assert (found.pk, found.body_id, found.why) == (1, 90, "балансодержатель объекта")
    unknown = choose([rule], replace(PLACE, holder_id=None), nothing)
    assert unknown is not None
    assert (unknown.body_id, unknown.why) == (10, "балансодержатель неизвестен")


def test_equal_rules_are_told_apart_by_the_text_with_its_reason() -> None:
    case = replace(PLACE, topic_id=None, topic_group="", theme="")
    here = frozenset({5})
    table = [
        facts(1, settlement_ids=here, body_id=10),
        facts(2, settlement_ids=here, body_id=20),
        facts(3, topic_id=9, body_id=20),
    ]
    found = choose(table, case, lambda: [Guess(9, "Протечки", "ЖКХ", 0.62)])
    assert found is not None
    assert found.pk == 2
    assert "похоже на тему «Протечки», 62\u00a0%" in found.why
    oldest = choose(table, case, lambda: [Guess(8, "Иное", "Иное", 0.9)])
    assert oldest is not None
    assert (oldest.pk, oldest.why) == (1, "")
    first = choose([table[0], replace(table[1], order=5)], case, nothing)
    assert first is not None
    assert first.pk == 2


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "topic_id": st.sampled_from([None, 1, 2]),
                "theme": st.sampled_from(["", "roads", "waste"]),
                "settlement_ids": st.sampled_from([frozenset(), frozenset({5}), frozenset({6})]),
                "channel": st.sampled_from(["", "pos", "vk"]),
                "order": st.integers(0, 3),
            }
        ),
        max_size=8,
    )
)
def test_what_is_chosen_fits_and_nothing_fitting_is_narrower(drawn: list[dict[str, Any]]) -> None:
    table = [facts(pk, **one) for pk, one in enumerate(drawn, start=1)]
    found = choose(table, PLACE, list)
    fitting = [rule for rule in table if fits(rule, PLACE)]
    assert (found is None) == (not fitting)
    if found:
        assert weight(found, PLACE) == max(weight(rule, PLACE) for rule in fitting)


def test_conditions_of_elsewhere_are_refused() -> None:
    place, other = (
        Municipality.objects.create(
            slug=slug, name=slug, short_name=slug, kind="municipal_okrug", region="Край"
        )
        for slug in ("olkhovka", "sosedi")
    )
    body = Body.objects.create(municipality=place, name="Горсвет", kind="institution")
    alien = Settlement.objects.create(municipality=other, name="Чужое", kind="village")
    access = Access.system(place.pk)
    with pytest.raises(NotFound, match="Такого места нет"):
        save_rule(access=access, name="", body_id=body.pk, territory=Territory((alien.pk,)))
    with pytest.raises(NotFound, match="Такой тематики нет"):
        save_rule(access=access, name="", body_id=body.pk, theme="moon")
