"""Which of our rules should also stand in ПОС, and which differ from what stands there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from otklik.base import clock
from otklik.casework.automation.models import AutoRule, MirrorEntry
from otklik.casework.automation.rules.conditions import Group, Leaf, condition_of
from otklik.casework.automation.rules.mirroring import concerns
from otklik.casework.automation.vocabulary import Fact, Mode, Platform
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.web.desk.tests.conftest import Centre, Person, make_person
from otklik.web.desk.tests.test_automation import rule_of


@pytest.fixture
def keeper(centre: Centre) -> Person:
    rights = (Permission.VIEW_APPEALS, Permission.AUTOMATE, Permission.CLASSIFY)
    return make_person(
        centre.municipality, "Правилова Инна Олеговна", dict.fromkeys(rights, Scope.MUNICIPALITY)
    )


def edited(centre: Centre, **more: Any) -> dict[str, Any]:
    return {**rule_of(centre), **more}


def test_a_rule_in_force_is_offered_until_described_and_differs_after_an_edit(
    centre: Centre, keeper: Person
) -> None:
    client, page = keeper.client, reverse("desk:auto_register")
    client.post(reverse("desk:auto_rule_new"), edited(centre))
    rule = AutoRule.objects.get()
    offered = client.get(page)
    assert [(r.pk, p) for r, p in offered.context["missing"]] == [
        (rule.pk, Platform.POS), (rule.pk, Platform.INCIDENT),
    ]  # fmt: skip
    assert "туда не внесены" in offered.content.decode()
    client.post(reverse("desk:auto_rule_mirror", args=[rule.pk]), {"platform": "pos"})
    assert [p for _, p in client.get(page).context["missing"]] == [Platform.INCIDENT]
    entry = MirrorEntry.objects.get()
    client.post(reverse("desk:auto_entry_state", args=[entry.pk]), {"state": "entered"})
    with clock.frozen(clock.now() + timedelta(days=3)):
        client.post(
            reverse("desk:auto_rule_edit", args=[rule.pk]),
            edited(centre, name="Ямы и выбоины", version=rule.version),
        )
        shown = client.get(page)
        told = shown.content.decode()
        since = shown.context["rows"][0]["since"]
        assert "расходится с" in told
        assert since.date() == clock.now().date()
        card = client.get(reverse("desk:auto_entry", args=[entry.pk])).content.decode()
        assert "Расходится с" in card
        AutoRule.objects.update(state="off")
        assert "снимите и там" in client.get(page).content.decode()


def leaf(fact: Fact, *values: str) -> Leaf:
    return Leaf(fact, values)


@pytest.mark.parametrize(
    ("condition", "concerned"),
    [
        (condition_of(Mode.ALL, [leaf(Fact.WORDS, "яма")], []), True),
        (condition_of(Mode.ALL, [leaf(Fact.CHANNEL, "pos", "vk")], []), True),
        (condition_of(Mode.ALL, [leaf(Fact.CHANNEL, "vk"), leaf(Fact.WORDS, "яма")], []), False),
        (condition_of(Mode.ANY, [leaf(Fact.CHANNEL, "vk"), leaf(Fact.WORDS, "яма")], []), True),
        (
            condition_of(Mode.ALL, [leaf(Fact.WORDS, "яма")], [leaf(Fact.CHANNEL, "pos")]),
            False,
        ),
    ],
)
def test_a_rule_concerns_pos_unless_its_channels_leave_it_out(
    condition: Group, concerned: bool
) -> None:
    assert concerns(condition, Platform.POS) is concerned
