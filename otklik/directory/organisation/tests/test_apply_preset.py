"""Loading a preset: once it creates, twice it changes nothing, people's edits stay."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from otklik.base.actor import Actor
from otklik.base.errors import NotFound
from otklik.directory.organisation.actions import apply_preset
from otklik.directory.organisation.models import (
    Block,
    Body,
    Municipality,
    Role,
    RoleGrant,
)
from otklik.directory.organisation.presets import available, load
from otklik.directory.organisation.queries import regulation_facts
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.records.journal.models import Entry

pytestmark = pytest.mark.django_db
OWNER = Actor.system("Командная строка")


@pytest.mark.parametrize("slug", available())
def test_the_whole_organisation_appears(slug: str) -> None:
    municipality = apply_preset(slug=slug, actor=OWNER)
    preset = load(slug)
    assert municipality.roles.count() == len(preset.roles)
    assert municipality.bodies.count() == len(preset.bodies)
    assert municipality.blocks.count() == len(preset.blocks)
    assert regulation_facts(municipality) == preset.facts()
    for role in preset.roles:
        held = RoleGrant.objects.filter(role__municipality=municipality, role__slug=role.slug)
        assert dict(held.values_list("permission", "scope")) == role.widest


def test_a_second_loading_changes_nothing() -> None:
    first = apply_preset(slug="tuapse", actor=OWNER)
    before = _snapshot()
    second = apply_preset(slug="tuapse", actor=OWNER)
    assert first.pk == second.pk
    assert _snapshot() == before
    assert Entry.objects.filter(name="PresetApplied").count() == 1


def test_what_people_changed_stays() -> None:
    municipality = apply_preset(slug="pereslavl", actor=OWNER)
    Role.objects.filter(slug="head").update(label="Директор центра")
    Body.objects.filter(name="МУП «Сервис»").update(name="МУП «Горсервис»")
    Block.objects.get(name="Социальная сфера").delete()
    RoleGrant.objects.filter(role__slug="head", permission=Permission.ASSIGN).delete()
    before = _snapshot()
    apply_preset(slug="pereslavl", actor=OWNER)
    assert _snapshot() == before
    assert municipality.bodies.filter(name="МУП «Горсервис»").exists()


def test_force_restores_the_regulation_without_doubles() -> None:
    municipality = apply_preset(slug="pereslavl", actor=OWNER)
    fresh = _snapshot()
    Role.objects.filter(slug="head").update(label="Директор центра")
    Body.objects.filter(name="МУП «Сервис»").update(name="МУП «Горсервис»")
    RoleGrant.objects.filter(role__slug="head", permission=Permission.ASSIGN).delete()
    apply_preset(slug="pereslavl", actor=OWNER, force=True)
    assert _snapshot() == fresh
    head = municipality.roles.get(slug="head")
    assert head.grants.get(permission=Permission.ASSIGN).scope == Scope.MUNICIPALITY
    restored = Entry.objects.filter(name="PresetApplied").latest("id")
    assert restored.payload["roles"] == ["head"]
    assert restored.payload["bodies"] == ["МУП «Сервис»"]


def test_one_preset_serves_two_municipalities() -> None:
    one = apply_preset(slug="dedovichi", actor=OWNER)
    other = apply_preset(slug="dedovichi", slug_as="primer", actor=OWNER)
    assert {one.slug, other.slug} == {"dedovichi", "primer"}
    assert other.preset == "dedovichi"
    assert other.bodies.count() == one.bodies.count()


def test_the_loading_is_in_the_journal(apply: Callable[[str], Municipality]) -> None:
    municipality = apply("novoduginsky")
    entry = Entry.objects.get(name="PresetApplied")
    assert entry.municipality_id == municipality.pk
    assert entry.actor_label == "Командная строка"
    assert "ролей\u00a0— 7" in entry.sentence


def test_an_unknown_preset_creates_nothing() -> None:
    with pytest.raises(NotFound):
        apply_preset(slug="atlantis", actor=OWNER)
    assert not Municipality.objects.exists()


def _snapshot() -> list[object]:
    return [
        list(Municipality.objects.order_by("pk").values()),
        list(Role.objects.order_by("pk").values()),
        list(
            RoleGrant.objects.order_by("role", "permission").values("role", "permission", "scope")
        ),
        list(Body.objects.order_by("pk").values()),
        list(Block.objects.order_by("pk").values("pk", "name", "directions")),
    ]
