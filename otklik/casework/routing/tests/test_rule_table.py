"""Writing the rule table leaves its trace in the journal."""

from __future__ import annotations

import pytest

from otklik.base.errors import Refused
from otklik.casework.routing.actions import retire_rule, save_rule
from otklik.casework.routing.models import RoutingRule
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.rules import Access
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
