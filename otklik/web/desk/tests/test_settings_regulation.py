"""The regulation, its clauses and what it asks for, on the settings screens."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from otklik.base.actor import Actor
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.actions import apply_preset
from otklik.directory.organisation.models import Municipality, Regulation
from otklik.web.desk.tests.conftest import KEEPS, Centre, Person, make_person
from otklik.web.desk.tests.test_settings_people import ROOT, rights, text


def act_file(lines: list[str]) -> SimpleUploadedFile:
    document, out = docx.Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(out)
    return SimpleUploadedFile("Положение.docx", out.getvalue())


@pytest.mark.clause("ust-kubinsky:order.2", "dedovichi:order.2.1", "tuapse:order.3")
def test_a_new_edition_is_stored_and_everyone_reads_it(centre: Centre, keeper: Person) -> None:
    form = {"title": "О центре", "number": "12", "issued_on": "2026-01-10"}
    path = f"{ROOT}/regulations/"
    empty = keeper.client.post(path, {**form, "in_force_from": "2026-01-10"}).content.decode()
    assert "нет текста" in empty
    first = {**form, "in_force_from": "2026-01-10", "text": "1. Создать центр."}
    assert keeper.client.post(path, first).status_code == 302
    second = {
        "title": "О центре в новой редакции",
        "number": "20",
        "issued_on": "2026-02-01",
        "in_force_from": "2026-02-05",
        "file": act_file(["1. Преобразовать центр.", "2. Положение действует со дня подписания."]),
    }
    assert keeper.client.post(path, second).status_code == 302
    old, new = Regulation.objects.order_by("issued_on")
    assert (old.repealed_on, old.replaced_by) == (date(2026, 2, 5), new)
    assert new.text.startswith("1. Преобразовать центр.\n2. ")
    for reader in (centre.executor, centre.operator, keeper):
        page = text(reader, f"regulations/{new.pk}")
        assert "Преобразовать центр" in page
    link = page.split(f"{ROOT}/regulations/{new.pk}/files/")[1].split("/")[0]
    file = centre.executor.client.get(f"{ROOT}/regulations/{new.pk}/files/{link}/")
    assert file.content[:2] == b"PK"


@pytest.mark.clause("dedovichi:order.4", "tuapse:order.9")
def test_the_day_of_entry_into_force_is_entered(centre: Centre, keeper: Person) -> None:
    act = Regulation.objects.create(
        municipality=centre.municipality, title="Акт", number="5", issued_on=date(2026, 1, 10)
    )
    path = f"{ROOT}/regulations/{act.pk}/force/"
    assert (
        "раньше, чем подписано" in keeper.client.post(path, {"on": "2026-01-01"}).content.decode()
    )
    assert keeper.client.post(path, {"on": "2026-01-15"}).status_code == 302
    act.refresh_from_db()
    assert act.in_force_from == date(2026, 1, 15)


@pytest.fixture
def district(db: None) -> Callable[[str], tuple[Municipality, Person]]:
    """A centre made of a preset, and somebody who keeps its structure."""

    def make(slug: str) -> tuple[Municipality, Person]:
        place = apply_preset(slug=slug, actor=Actor.system("Командная строка"))
        return place, make_person(place, "Кадрова Нина Ильинична", KEEPS)

    return make


District = Callable[[str], tuple[Municipality, Person]]


def test_roles_name_their_clauses_and_suppositions(district: District) -> None:
    place, keeper = district("tuapse")
    page = text(keeper, "roles")
    assert "п.\u00a03.3.2" in page
    assert "предполагается" in page
    role = place.roles.get(slug="curator")
    card = text(keeper, f"roles/{role.pk}")
    assert "Кто подписывает ответ, в положении не указано" in card
    assert "п.\u00a03.3.3" in card
    held = dict(role.grants.values_list("permission", "scope"))
    form = {"label": role.label, "position": role.position, **rights(**held)}
    assert keeper.client.post(f"{ROOT}/roles/{role.pk}/", form).status_code == 302
    role.refresh_from_db()
    assert not role.assumed


def test_what_the_regulation_leaves_open_is_listed(district: District) -> None:
    place, keeper = district("tuapse")
    page = text(keeper, "regulations")
    for point in place.settings["regulation"]["open_points"][:2]:
        assert point[:20] in page
    assert place.roles.filter(assumed=True).first().label in page  # type: ignore[union-attr]


@pytest.mark.clause("tuapse:3.2")
def test_blocks_and_heads_change_only_by_a_decision(district: District) -> None:
    place, keeper = district("tuapse")
    block, unit = place.blocks.first(), place.bodies.filter(blocks=None).first()
    assert block is not None
    assert unit is not None
    form = {"name": unit.name, "kind": unit.kind, f"block_{block.pk}": "member"}
    path = f"{ROOT}/structure/{unit.pk}/"
    assert "меняется на основании" in keeper.client.post(path, form).content.decode()
    assert not block.members.filter(body=unit).exists()
    decided = {**form, "decision": "Решение главы от 01.02.2026 № 2"}
    assert keeper.client.post(path, decided).status_code == 302
    assert block.members.filter(body=unit).exists()
    head = {
        "full_name": "Начальников Пётр Ильич",
        "email": "n@tuapse.test",
        "role": place.roles.get(slug="head").pk,
        "since": "2026-02-01",
    }
    refused = keeper.client.post(f"{ROOT}/people/new/", head).content.decode()
    assert "нужно основание" in refused
    assert not Account.objects.filter(email="n@tuapse.test").exists()
