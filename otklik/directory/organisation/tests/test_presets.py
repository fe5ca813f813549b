"""Preset files: each loads, and says what its regulation says."""

from __future__ import annotations

from pathlib import Path

import pytest

from otklik.base.errors import NotFound
from otklik.directory.organisation.presets import PresetError, available, load
from otklik.directory.organisation.presets.clauses import clause_label
from otklik.directory.organisation.presets.loading import FOLDER, parse
from otklik.directory.organisation.vocabulary import BlockMembership, Permission, Scope

ALL = ["dedovichi", "novoduginsky", "pereslavl", "tuapse", "ust-kubinsky"]


def test_five_presets_ship() -> None:
    assert available() == ALL


@pytest.mark.parametrize(
    ("slug", "number", "roles", "bodies", "blocks", "settlements", "topics"),
    [
        ("ust-kubinsky", "1385", 4, 18, 0, 0, 0),
        ("pereslavl", "ПОС.03-2188/21", 5, 16, 4, 0, 0),
        ("novoduginsky", "629", 7, 2, 0, 0, 8),
        ("tuapse", "965", 9, 40, 6, 10, 0),
        ("dedovichi", "500", 7, 5, 0, 0, 0),
    ],
)
def test_contents(
    slug: str,
    number: str,
    roles: int,
    bodies: int,
    blocks: int,
    settlements: int,
    topics: int,
) -> None:
    preset = load(slug)
    assert preset.act.number == number
    counts = [
        preset.roles,
        preset.bodies,
        preset.blocks,
        preset.settlements,
        preset.topics,
    ]
    assert [len(part) for part in counts] == [
        roles,
        bodies,
        blocks,
        settlements,
        topics,
    ]


@pytest.mark.parametrize("slug", ALL)
def test_every_duty_is_held_by_a_role_that_is_not_vacant(slug: str) -> None:
    held = {p for role in load(slug).roles if not role.vacant for p in role.widest}
    assert held == set(Permission)


@pytest.mark.parametrize("slug", ALL)
def test_every_grant_has_a_clause_or_says_that_it_is_assumed(slug: str) -> None:
    grants = [grant for role in load(slug).roles for grant in role.grants]
    assert all(bool(grant.clause) != bool(grant.assumed and grant.note) for grant in grants)


@pytest.mark.parametrize("slug", ALL)
def test_networks_closed_in_russia_are_off_and_say_why(slug: str) -> None:
    closed = [c for c in load(slug).channels if c.kind in ("twitter", "facebook", "instagram")]
    assert len(closed) == (3 if slug == "pereslavl" else 0)
    assert all(not channel.enabled and channel.note for channel in closed)


def test_what_the_document_leaves_open_stays_open() -> None:
    assert all(load(slug).municipality.oktmo is None for slug in ALL)
    assert load("dedovichi").act.in_force_from is None
    assert load("pereslavl").act.in_force_from is None
    assert load("tuapse").role("administrator").vacant
    assert not load("dedovichi").role("technical-specialist").widest.get(Permission.VIEW_APPEALS)


def test_twenty_executor_positions_and_one_stated_substitution() -> None:
    preset = load("ust-kubinsky")
    assert len(preset.role("executor").positions) == 20
    assert [s.role for s in preset.substitutions] == ["administrator"]


def test_block_heads_of_pereslavl_are_many_and_leads_of_tuapse_one_each() -> None:
    heads = [[m.membership for m in block.members] for block in load("pereslavl").blocks]
    assert [len(block) for block in heads] == [5, 4, 5, 4]
    assert {member for block in heads for member in block} == {BlockMembership.LEAD}
    leads = [
        sum(m.membership == BlockMembership.LEAD for m in block.members)
        for block in load("tuapse").blocks
    ]
    assert leads == [1] * 6


def test_the_wider_scope_wins() -> None:
    assert load("pereslavl").role("block-head").widest[Permission.APPROVE] == Scope.BLOCK


def test_an_unknown_preset_names_the_known_ones() -> None:
    with pytest.raises(NotFound) as caught:
        load("atlantis")
    assert "tuapse" in caught.value.mend


def _broken(old: str, new: str) -> str:
    text = (FOLDER / "dedovichi.yaml").read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "kind: district",
            "kind: planet",
            "строка 7, municipality.kind: недопустимое значение",
        ),
        ('number: "500"', "number: 500", "act.number: нужна строка"),
        ("issued_on: 2025-09-24", "issued_on: вчера", "act.issued_on: нужна дата"),
        (
            "  seat: рп. Дедовичи\n",
            "",
            "municipality.seat: не заполнено обязательное поле",
        ),
        (
            "  seat:",
            "  sit: x\n  seat:",
            "строка 9, municipality.sit: неизвестное поле",
        ),
        ("role: liaison", "role: postman", "роль «postman» не описана"),
        (
            "permissions: [send]",
            "permissions: [control]",
            "право «отправлять и размещать ответ»",
        ),
        ("slug: dedovichi", "slug: [", "запись YAML нарушена"),
        ("- slug: liaison", "- slug: curator", "роль «curator» записана дважды"),
    ],
)
def test_mistakes_are_named_with_their_line(old: str, new: str, said: str) -> None:
    with pytest.raises(PresetError) as caught:
        parse(_broken(old, new), "dedovichi.yaml")
    assert said in str(caught.value)


def test_presets_are_looked_for_in_the_folder_given(tmp_path: Path) -> None:
    assert available(tmp_path) == []


@pytest.mark.parametrize(
    ("clause", "label"),
    [
        ("4.6.v.1", "п.\u00a04.6.в"),
        ("4.9", "п.\u00a04.9"),
        ("app1.3", "приложение 1, строка\u00a03"),
        ("order.4.1", "постановление, п.\u00a04.1"),
    ],
)
def test_clause_numbers_read_as_in_the_document(clause: str, label: str) -> None:
    assert clause_label(clause) == label
