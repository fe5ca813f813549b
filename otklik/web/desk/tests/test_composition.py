"""The centre's card and composition: entered with an act, kept by versions, proposed by leads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.casework.appeals.actions import NewAppeal, NewApplicant
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.deadlines.models import DeadlineRule
from otklik.casework.intake.actions import take
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.actions import apply_preset
from otklik.directory.organisation.models import (
    Appointment,
    Block,
    BlockMember,
    CompositionChange,
    Municipality,
    Role,
    RoleGrant,
)
from otklik.directory.organisation.queries import access_of, acts_named_in, centre_line
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.insight.reports.queries.assembling import weekly_note
from otklik.insight.reports.rules.sections import compose
from otklik.web.desk.tests.conftest import Centre, Person, make_person

pytestmark = pytest.mark.django_db
ROOT = "/desk/settings"
MONDAY = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
TODAY = MONDAY.date()
EVERYTHING = dict.fromkeys(Permission, Scope.MUNICIPALITY)


@pytest.fixture(autouse=True)
def monday() -> Iterable[None]:
    with clock.frozen(MONDAY):
        yield


def town_of(slug: str) -> tuple[Municipality, Person]:
    town = apply_preset(slug=slug, actor=Actor.system())
    return town, make_person(town, "Администраторов Иван Ильич", EVERYTHING)


def text(person: Person, path: str) -> str:
    response = person.client.get(f"{ROOT}/{path}")
    assert response.status_code == 200, path
    return response.content.decode().replace("\xa0", " ")


def act(**more: object) -> dict[str, object]:
    return {
        "decision": "approve",
        "act": "Постановление № 15",
        "act_on": "2026-02-27",
        "file": SimpleUploadedFile("постановление.txt", "Утвердить".encode()),
        **more,
    }


@pytest.mark.parametrize(
    ("slug", "form", "operator"),
    [
        pytest.param(
            "ust-kubinsky",
            "коллегиальный координационный орган",
            "",
            marks=pytest.mark.clause("ust-kubinsky:1.2"),
        ),
        pytest.param(
            "pereslavl",
            "проектный офис",
            "МКУ «Многофункциональный центр развития",
            marks=pytest.mark.clause("pereslavl:1.2", "pereslavl:order.2"),
        ),
    ],
)
def test_the_form_and_the_operator_stand_on_the_card_in_reports_and_for_citizens(
    slug: str, form: str, operator: str
) -> None:
    town, keeper = town_of(slug)
    card = text(keeper, "centre/")
    for label in ("проектный офис", "рабочая группа", "наделённое полномочиями"):
        assert label in card, "the list of forms"
    assert all(role.label in card for role in town.roles.exclude(duties="")), "the task set"
    shown = Client().get(f"/m/{town.slug}/about/").content.decode()
    assert form in shown
    assert operator in shown
    note = weekly_note(access=keeper.access, until=TODAY)
    method = " ".join(compose(note, number="1", dated=TODAY).method).replace("\xa0", " ")
    assert form in method
    assert operator.replace("\xa0", " ") in method
    if operator:
        head = Account.objects.create_user("head@example.test", "Головин Пётр Ильич")
        values = {"account": head, "role": town.roles.get(slug="head"), "since": TODAY}
        Appointment.objects.create(body=town.operator, **values)
        staff = Client()
        staff.force_login(head)
        assert staff.get("/desk/").status_code == 200
    changed = {"name": "МЦУ", "form": "working_group", "operator": "", "legal_basis": "Приказ № 1"}
    keeper.client.post(f"{ROOT}/centre/", changed)
    assert "рабочая группа" in Client().get(f"/m/{town.slug}/about/").content.decode()
    wrong = keeper.client.post(f"{ROOT}/centre/", {**changed, "form": "institution"})
    assert "Не выбрано учреждение" in wrong.content.decode()
    town.refresh_from_db()
    assert centre_line(town).startswith("МЦУ")


@pytest.mark.clause("ust-kubinsky:4.2")
def test_the_composition_is_entered_with_its_act_and_kept_by_versions() -> None:
    town, keeper = town_of("ust-kubinsky")
    role = town.roles.exclude(pk=Appointment.objects.get().role_id).first()
    assert role is not None
    person = {
        "full_name": "Членов Пётр Ильич", "email": "member@example.test", "role": role.pk,
        "since": "2026-03-02", "basis": "Постановление от 27.02.2026 № 15",
    }  # fmt: skip
    refused = keeper.client.post(f"{ROOT}/people/new/", person).content.decode()
    assert "Состав вносят вместе с актом" in refused
    assert not Account.objects.filter(email="member@example.test").exists()
    keeper.client.post(f"{ROOT}/people/new/", {**person, "draft": "1"})
    draft = CompositionChange.objects.get()
    assert not Appointment.objects.filter(account=draft.account).exists(), "a draft gives nothing"
    decide = f"{ROOT}/composition/changes/{draft.pk}/decision/"
    for missing in ("act", "act_on", "file"):
        said = keeper.client.post(decide, act(**{missing: ""}), follow=True).content.decode()
        assert "нужны вид и номер, дата и файл" in said
    keeper.client.post(decide, act())
    held = Appointment.objects.get(account=draft.account)
    assert held.basis == "Постановление № 15 от 27.02.2026"
    file = keeper.client.get(f"{ROOT}/composition/changes/{draft.pk}/file/")
    assert file.content == "Утвердить".encode()
    ending = {"kind": "end", "appointment": held.pk, "until": "2026-06-30"}
    keeper.client.post(f"{ROOT}/composition/changes/", ending)
    latest = CompositionChange.objects.latest("pk")
    assert Appointment.objects.get(pk=held.pk).until is None
    keeper.client.post(f"{ROOT}/composition/changes/{latest.pk}/decision/", act())
    assert "Членов" in text(keeper, "composition/?on=2026-06-30")
    assert "Членов" not in text(keeper, "composition/?on=2026-07-01")
    assert "Членов" not in text(keeper, "composition/?on=2026-03-01")
    assert "?on=2026-03-02" in text(keeper, "composition/")


@pytest.mark.clause("ust-kubinsky:order.4")
def test_a_past_case_shows_the_structure_of_its_day() -> None:
    town, keeper = town_of("ust-kubinsky")
    past = text(keeper, "composition/?on=2023-10-01")
    assert "№ 1385" in past
    assert "№ 1095" not in past
    earlier = town.regulations.get(number="1095")
    town.regulations.filter(pk=earlier.pk).update(repealed_on=None, in_force_from="2021-12-21")
    assert "№ 1095" in text(keeper, "composition/?on=2022-10-01")
    keeper.client.post(f"{ROOT}/regulations/{earlier.pk}/repeal/", {"on": "2023-09-04"})
    earlier.refresh_from_db()
    assert earlier.repealed_on == date(2023, 9, 4)
    case = take(
        access=Access.system(town.pk),
        new=NewAppeal(
            regime=Regime.PORTAL, channel=Channel.PORTAL, text="Яма у школы",
            received_at=MONDAY, applicant=NewApplicant(name="Иванова Мария Петровна"),
        ),
    )  # fmt: skip
    card = keeper.client.get(f"/desk/appeals/{case.pk}/").content.decode()
    assert "/desk/settings/composition/?on=2026-03-02" in card


@pytest.mark.clause("tuapse:4.1")
@pytest.mark.parametrize("slug", ["coordinator", "head"])
def test_without_the_act_the_appointment_is_a_draft(slug: str) -> None:
    town, keeper = town_of("tuapse")
    role = town.roles.get(slug=slug)
    person = {
        "full_name": "Головин Пётр Ильич", "email": "head@example.test", "role": role.pk,
        "since": "2026-03-02", "basis": "",
    }  # fmt: skip
    assert "нужно основание" in keeper.client.post(f"{ROOT}/people/new/", person).content.decode()
    keeper.client.post(f"{ROOT}/people/new/", {**person, "draft": "1"})
    account = Account.objects.get(email="head@example.test")
    assert access_of(account, town.pk, TODAY).grants == {}
    shown = text(keeper, "composition/changes/")
    assert "Головин П. И." in shown
    draft = CompositionChange.objects.get()
    keeper.client.post(f"{ROOT}/composition/changes/{draft.pk}/decision/", act())
    held = Appointment.objects.get(account=account)
    assert (held.role, held.basis) == (role, "Постановление № 15 от 27.02.2026")


@pytest.mark.clause("tuapse:3.5.4", "tuapse:3.3.2")
def test_a_block_lead_proposes_and_the_curator_approves_or_rejects() -> None:
    town = apply_preset(slug="tuapse", actor=Actor.system())
    curator, lead = (_put(town, slug) for slug in ("curator", "block-lead"))
    first, second = town.blocks.all()[:2]
    Appointment.objects.filter(account=lead.account).update(block=first)
    stranger = town.bodies.exclude(blocks=first).first()
    assert stranger is not None
    page = f"{ROOT}/composition/changes/"
    join = {"kind": "join", "body": stranger.pk, "block": first.pk, "reason": "Общие вопросы"}
    lead.client.post(page, join)
    assert stranger not in first.bodies.all(), "an unapproved change stays a draft"
    beyond = lead.client.post(page, {**join, "block": second.pk}).content.decode()
    assert "Выберите корректный вариант" in beyond
    assert CompositionChange.objects.count() == 1
    draft = CompositionChange.objects.get()
    decide = f"{page}{draft.pk}/decision/"
    assert lead.client.post(decide, act()).status_code == 403
    assert "Общие вопросы" in text(curator, "composition/changes/")
    curator.client.post(decide, act())
    assert stranger in first.bodies.all()
    lead.client.post(page, {**join, "kind": "leave"})
    again = CompositionChange.objects.latest("pk")
    curator.client.post(f"{page}{again.pk}/decision/", {"decision": "reject", "reason": "Рано"})
    assert stranger in first.bodies.all()
    mine = text(lead, "composition/changes/")
    assert "Рано" in mine
    assert "Постановление № 15" in mine


@pytest.mark.clause("tuapse:order.4.1", "tuapse:order.4.2", "novoduginsky:5")
def test_leads_assign_by_direction_and_mark_job_descriptions() -> None:
    town = apply_preset(slug="tuapse", actor=Actor.system())
    keeper = make_person(town, "Администраторов Иван Ильич", EVERYTHING)
    head, lead, other = (_put(town, slug) for slug in ("head", "block-lead", "member"))
    block, foreign = town.blocks.all()[:2]
    Appointment.objects.filter(account=lead.account).update(block=block)
    unit = block.bodies.first()
    assert unit is not None
    Appointment.objects.filter(account=other.account).update(body=unit)
    keeper.client.post(f"{ROOT}/composition/duties/term/", {"due_on": "2026-03-01"})
    seen = text(head, "composition/duties/")
    assert "срок прошёл" in seen
    assert "не закреплён" in seen
    post = {"block": block.pk, "direction": unit.name, "account": other.account.pk}
    lead.client.post(f"{ROOT}/composition/duties/direction/", post)
    lead.client.post(
        f"{ROOT}/composition/duties/direction/", {**post, "block": foreign.pk, "direction": "Чужое"}
    )
    held = block.direction_holders.get()
    assert (held.account, held.assigned_on) == (other.account, TODAY)
    assert not foreign.direction_holders.exists()
    row = text(head, "composition/duties/").split(f">{unit.name}<")[1]
    assert other.account.full_name in row
    appointment = Appointment.objects.get(account=other.account)
    mark = {
        "updated_on": "2026-02-20", "note": "№ 7",
        "file": SimpleUploadedFile("инструкция.txt", "Обязан".encode()),
    }  # fmt: skip
    url = f"{ROOT}/composition/duties/{appointment.pk}"
    assert "не обновлена" in text(lead, "composition/duties/")
    lead.client.post(f"{url}/description/", mark)
    shown = text(head, "composition/duties/")
    assert "20 февраля" in shown
    assert head.client.get(f"{url}/file/").content == "Обязан".encode()
    assert other.client.get(f"{ROOT}/composition/duties/").status_code == 403
    late = lead.client.post(
        f"{url}/description/", {"updated_on": "2026-03-03"}, follow=True
    ).content.decode()
    assert "ещё не наступила" in late


@pytest.mark.clause("tuapse:app1.10")
def test_settlements_take_part_by_consent_with_its_date() -> None:
    town, keeper = town_of("tuapse")
    place = town.bodies.get(name__startswith="Администрация Джубгского")
    assert "согласие не получено" in text(keeper, "structure/")
    form = {
        "name": place.name, "short_name": place.short_name, "kind": place.kind, "parent": "",
        "head_position": "", "consented_on": "2026-02-20", "consent_document": "Письмо № 3",
    }  # fmt: skip
    keeper.client.post(f"{ROOT}/structure/{place.pk}/", form)
    place.refresh_from_db()
    assert (place.consented_on, place.consent_document) == (date(2026, 2, 20), "Письмо № 3")
    assert "согласие 20.02.2026" in text(keeper, "structure/")
    member = _put(town, "settlement-member")
    Appointment.objects.filter(account=member.account).update(body=place)
    reach = access_of(member.account, town.pk, TODAY).reach(Permission.VIEW_APPEALS)
    assert (reach.everywhere, reach.body_ids) == (False, frozenset({place.pk}))


@pytest.mark.clause("dedovichi:5")
def test_the_library_is_read_by_all_and_kept_by_few(
    centre: Centre, keeper: Person, setter: Person
) -> None:
    form = {
        "level": "federal", "title": "О порядке рассмотрения обращений", "number": "59-ФЗ",
        "issued_on": "2006-05-02",
    }  # fmt: skip
    assert centre.executor.client.post(f"{ROOT}/library/", form).status_code == 403
    keeper.client.post(f"{ROOT}/library/", form)
    assert "59-ФЗ" in text(centre.executor, "library/")
    again = keeper.client.post(f"{ROOT}/library/", form).content.decode()
    assert "уже в библиотеке" in again
    found = acts_named_in(centre.municipality.pk, "часть 1 статьи 12 закона №\xa059-ФЗ")
    assert [one.number for one in found] == ["59-ФЗ"]
    assert acts_named_in(centre.municipality.pk, "закона № 210-ФЗ") == []
    for level, number in (("regional", "8-ОЗ"), ("charter", "У-1"), ("municipal", "15")):
        keeper.client.post(f"{ROOT}/library/", {**form, "level": level, "number": number})
    shown = text(centre.executor, "library/")
    for words in ("Федеральные", "Региональные", "Устав", "Муниципальные"):
        assert words in shown
    rule = DeadlineRule.objects.filter(article__contains="59-ФЗ").first()
    assert rule is not None
    assert f"library/{found[0].pk}/" in text(setter, f"terms/{rule.pk}/")


def test_pages_ask_the_same_of_few_rows_and_many(centre: Centre) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    everyone = make_person(centre.municipality, "Всемогущая Вера", EVERYTHING)
    most = {"centre/": 12, "library/": 9, "composition/": 14, "composition/changes/": 18,
            "composition/duties/": 18}  # fmt: skip

    def counts() -> dict[str, int]:
        found = {}
        for path in most:
            with CaptureQueriesContext(connection) as captured:
                text(everyone, path)
            found[path] = len(captured)
        return found

    def fill(numbers: Iterable[int]) -> None:
        for number in numbers:
            one = make_person(centre.municipality, f"Людин Пётр {number}", {}, centre.roads)
            block = Block.objects.create(municipality=centre.municipality, name=f"Блок {number}")
            BlockMember.objects.create(block=block, body=centre.roads)
            CompositionChange.objects.create(
                municipality=centre.municipality, kind="appoint", account=one.account,
                role=Role.objects.latest("pk"), since=TODAY, proposed_at=clock.now(),
                proposed_label="Кто-то",
            )  # fmt: skip

    fill(range(2))
    counts()
    few = counts()
    fill(range(2, 12))
    many = counts()
    assert many == few
    assert {path: n for path, n in many.items() if n > most[path]} == {}


def _put(town: Municipality, slug: str) -> Person:
    """Somebody in a role of the preset."""
    made = make_person(town, f"{slug.title()}ов Пётр Ильич", {})
    role = town.roles.get(slug=slug)
    Appointment.objects.filter(account=made.account).update(role=role)
    assert RoleGrant.objects.filter(role=role).exists()
    return Person(made.account, access_of(made.account, town.pk, TODAY), made.client)
