"""Those who keep the structure change it on the screens; nobody else gets in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.base import clock
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import (
    Appointment,
    Block,
    BlockMember,
    Body,
    Municipality,
    Regulation,
    Role,
)
from otklik.directory.organisation.queries import access_of
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.records.journal.models import Entry
from otklik.web.desk.tests.conftest import KEEPS, Centre, Person, make_person

ROOT = "/desk/settings"
LISTS = ["structure", "blocks", "roles", "people", "regulations"]
FORMS = ["structure/new", "blocks/new", "roles/new", "people/new", "people/import"]


@pytest.fixture
def stranger(centre: Centre) -> Municipality:
    """Another municipality with one thing of each kind."""
    place = Municipality.objects.create(
        slug="drugoy", name="Другой округ", short_name="Другой", kind="settlement", region="Область"
    )
    Body.objects.create(municipality=place, name="Чужой орган", kind="department")
    Block.objects.create(municipality=place, name="Чужой блок")
    Regulation.objects.create(
        municipality=place, title="Чужое", number="1", issued_on=date(2024, 1, 1), text="Чужое"
    )
    make_person(place, "Чужаков Пётр Ильич", KEEPS)
    return place


def text(person: Person, path: str) -> str:
    response = person.client.get(f"{ROOT}/{path}/")
    assert response.status_code == 200, path
    return response.content.decode()


def rights(**chosen: str) -> dict[str, str]:
    return {f"right_{name}": scope for name, scope in chosen.items()}


@pytest.mark.parametrize("page", LISTS + FORMS)
def test_only_those_who_keep_the_structure_come_in(
    page: str, centre: Centre, keeper: Person
) -> None:
    assert keeper.client.get(f"{ROOT}/{page}/").status_code == 200
    narrow = make_person(
        centre.municipality, "Узкий Иван Ильич", {Permission.ORGANISE: Scope.BODY}, centre.roads
    )
    for other in (centre.operator, centre.head, centre.executor, narrow):
        assert other.client.get(f"{ROOT}/{page}/").status_code == 403
        assert other.client.post(f"{ROOT}/{page}/", {"name": "Взлом"}).status_code == 403


def test_the_settings_name_these_pages_only_to_them(centre: Centre, keeper: Person) -> None:
    page = keeper.client.get(f"{ROOT}/").content.decode()
    for name in LISTS:
        assert f'href="{ROOT}/{name}/"' in page


def test_nothing_of_another_municipality_opens(
    keeper: Person, centre: Centre, stranger: Municipality
) -> None:
    body, block = stranger.bodies.get(), stranger.blocks.get()
    appointment = Appointment.objects.get(role__municipality=stranger)
    act = stranger.regulations.get()
    pages = [
        f"structure/{body.pk}",
        f"blocks/{block.pk}",
        f"roles/{appointment.role_id}",
        f"people/{appointment.account_id}",
        f"appointments/{appointment.pk}/ending",
        f"appointments/{appointment.pk}/substitute",
        f"regulations/{act.pk}",
        f"regulations/{act.pk}/force",
        f"regulations/{act.pk}/files/1",
    ]
    for page in pages:
        assert keeper.client.get(f"{ROOT}/{page}/").status_code == 404, page
    for name in ("archive", "restoration"):
        path = f"{ROOT}/structure/{body.pk}/{name}/"
        assert keeper.client.post(path).status_code == 404
    body.refresh_from_db()
    assert body.is_active
    assert "Чужой" not in text(keeper, "structure")


@pytest.mark.parametrize(
    ("page", "most"),
    [("structure", 13), ("blocks", 13), ("roles", 14), ("people", 14), ("regulations", 14)],
)
def test_queries_do_not_grow_with_rows(
    page: str, most: int, centre: Centre, keeper: Person
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            text(keeper, page)
        return len(captured)

    def fill(number: int) -> None:
        place = centre.municipality
        body = Body.objects.create(
            municipality=place, name=f"Отдел {number}", kind="department", parent=centre.roads
        )
        block = Block.objects.create(municipality=place, name=f"Блок {number}")
        BlockMember.objects.create(block=block, body=body)
        person = make_person(place, f"Людин Пётр {number}", KEEPS, body)
        Role.objects.create(municipality=place, slug=f"free-{number}", label=f"Свободна {number}")
        Regulation.objects.create(
            municipality=place, title="Акт", number=f"{number}", issued_on=date(2024, 1, number)
        )
        assert person.access.may(Permission.ORGANISE)

    fill(1)
    count()
    first = count()
    for number in range(2, 12):
        fill(number)
    assert count() == first <= most


@pytest.mark.clause("ust-kubinsky:1.3.2")
def test_an_institution_enters_the_structure_and_its_block(centre: Centre, keeper: Person) -> None:
    block = Block.objects.create(municipality=centre.municipality, name="Городское хозяйство")
    form = {
        "name": "МКУ «Служба благоустройства»",
        "short_name": "Служба благоустройства",
        "kind": "institution",
        "parent": centre.roads.pk,
        f"block_{block.pk}": "participant",
    }
    assert keeper.client.post(f"{ROOT}/structure/new/", form).status_code == 302
    made = Body.objects.get(name=form["name"])
    assert (made.parent, made.short_name) == (centre.roads, "Служба благоустройства")
    assert block.members.get().membership == "participant"
    page = text(keeper, "structure")
    assert page.index("Дорожная служба") < page.index("Служба благоустройства")
    assert "<details open>" in page
    changed = {**form, "name": "МКУ «Благоустройство»", "parent": "", f"block_{block.pk}": ""}
    assert keeper.client.post(f"{ROOT}/structure/{made.pk}/", changed).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.parent, block.members.count()) == ("МКУ «Благоустройство»", None, 0)
    again = keeper.client.post(f"{ROOT}/structure/new/", changed)
    assert "уже есть" in again.content.decode()


def test_a_body_goes_to_the_archive_and_comes_back(centre: Centre, keeper: Person) -> None:
    path = f"{ROOT}/structure/{centre.roads.pk}"
    refused = keeper.client.post(f"{path}/archive/")
    assert refused.status_code == 422
    assert "работает Дорожный" in refused.content.decode()
    path = f"{ROOT}/structure/{centre.water.pk}"
    assert keeper.client.post(f"{path}/archive/").status_code == 302
    assert Body.objects.filter(pk=centre.water.pk, is_active=False).exists()
    assert "В архиве" in text(keeper, "structure")
    assert keeper.client.post(f"{path}/restoration/").status_code == 302
    assert Body.objects.filter(pk=centre.water.pk, is_active=True).exists()
    names = Entry.objects.filter(subject="body").order_by("pk").values_list("name", flat=True)
    assert list(names) == ["BodyArchived", "BodyRestored"]


def test_a_block_is_composed_of_bodies_and_positions(centre: Centre, keeper: Person) -> None:
    form = {
        "name": "Хозяйство",
        "directions": "Дороги\n\nВода ",
        "member-TOTAL_FORMS": 3,
        "member-INITIAL_FORMS": 0,
        "member-0-membership": "lead",
        "member-0-position": "заместитель главы",
        "member-1-membership": "member",
        "member-1-body": centre.roads.pk,
        "member-2-membership": "participant",
        "member-2-body": "",
    }
    assert keeper.client.post(f"{ROOT}/blocks/new/", form).status_code == 302
    block = Block.objects.get(name="Хозяйство")
    assert block.directions == ["Дороги", "Вода"]
    rows = list(block.members.values_list("membership", "position", "body_id"))
    assert rows == [("lead", "заместитель главы", None), ("member", "", centre.roads.pk)]
    page = text(keeper, "blocks")
    assert "руководитель блока" in page
    assert "заместитель главы" in page
    card = text(keeper, f"blocks/{block.pk}")
    assert "<h1>Хозяйство</h1>" in " ".join(card.split()).replace("> ", ">").replace(" <", "<")
    assert card.count('value="заместитель главы"') == 1


@pytest.mark.clause("tuapse:3.1.9")
def test_a_new_role_gets_its_rights_and_a_person(centre: Centre, keeper: Person) -> None:
    form = {"label": "Ответственный за сезон", **rights(analytics="municipality", draft="body")}
    assert keeper.client.post(f"{ROOT}/roles/new/", form).status_code == 302
    role = Role.objects.get(label="Ответственный за сезон")
    assert dict(role.grants.values_list("permission", "scope")) == {
        "analytics": "municipality",
        "draft": "body",
    }
    assert "Ответственный за сезон" in text(keeper, "people"), "a vacant role is listed"
    person = {
        "full_name": " Летова  Ольга Петровна ",
        "email": "letova@zaozersk.test",
        "role": role.pk,
        "body": centre.roads.pk,
        "since": "2026-01-12",
        "until": "",
        "basis": "Распоряжение от 12.01.2026 № 3",
    }
    made = keeper.client.post(f"{ROOT}/people/new/", person)
    account = Account.objects.get(email="letova@zaozersk.test")
    assert account.full_name == "Летова Ольга Петровна"
    shown = made.content.decode()
    password = made.context["password"]
    assert password in shown
    assert account.check_password(password)
    assert "no-store" in made["Cache-Control"]
    found = access_of(account, centre.municipality.pk, date(2026, 2, 1))
    assert found.reach(Permission.ANALYTICS).everywhere
    assert found.reach(Permission.DRAFT).body_ids == {centre.roads.pk}
    card = text(keeper, f"people/{account.pk}")
    assert "Распоряжение от 12.01.2026 № 3" in card
    assert "Кадрова" in card, "who appointed"


@pytest.mark.clause("ust-kubinsky:4.1.7", "novoduginsky:2.1")
def test_a_known_person_gets_another_role_for_a_term(centre: Centre, keeper: Person) -> None:
    role = Appointment.objects.get(account=centre.operator.account).role
    account = centre.executor.account
    form = {"role": role.pk, "since": "2026-03-01", "until": "2026-02-01"}
    path = f"{ROOT}/people/{account.pk}/"
    wrong = keeper.client.post(path, form).content.decode()
    assert "кончается раньше, чем начинается" in wrong
    right = {**form, "until": "2026-04-30", "basis": "Постановление от 27.02.2026 № 8"}
    assert keeper.client.post(path, right).status_code == 302
    held = Appointment.objects.get(account=account, role=role)
    assert (held.since, held.until) == (date(2026, 3, 1), date(2026, 4, 30))
    same = {
        "full_name": "Дорожный Иван Петрович",
        "email": account.email.upper(),
        "role": centre.municipality.roles.get(label="Кадрова Нина Ильинична").pk,
        "since": "2026-03-01",
    }
    assert keeper.client.post(f"{ROOT}/people/new/", same).status_code == 302
    assert Account.objects.filter(email__iexact=account.email).count() == 1


def test_a_substitute_stands_in_and_an_appointment_ends(centre: Centre, keeper: Person) -> None:
    today = clock.today(centre.municipality.tz)
    held = Appointment.objects.get(account=centre.operator.account)
    days = {"since": today.isoformat(), "until": (today + timedelta(days=14)).isoformat()}
    path = f"{ROOT}/appointments/{held.pk}"
    form = {"account": centre.executor.account.pk, **days}
    assert keeper.client.post(f"{path}/substitute/", form).status_code == 302
    found = access_of(centre.executor.account, centre.municipality.pk, today)
    assert found.reach(Permission.REGISTER).everywhere
    card = text(keeper, f"people/{held.account_id}")
    assert "замещение: Дорожный" in card
    assert "Замещение роли" in card
    page = text(keeper, "people")
    assert "замещает: Сидорова" in page
    early = keeper.client.post(f"{path}/ending/", {"on": "2019-01-01"}).content.decode()
    assert "раньше, чем началось" in early
    ended = keeper.client.post(f"{path}/ending/", {"on": today.isoformat()})
    assert ended.status_code == 302
    held.refresh_from_db()
    assert held.until == today
    assert held.substitutions.get().until == today


def test_the_last_keeper_stays(centre: Centre, keeper: Person) -> None:
    today = clock.today(centre.municipality.tz)
    held = Appointment.objects.get(account=keeper.account)
    ending = f"{ROOT}/appointments/{held.pk}/ending/"
    role = f"{ROOT}/roles/{held.role_id}/"
    without = {"label": "Кадры", **rights(journal="municipality")}
    narrow = {"label": "Кадры", **rights(organise="body")}
    assert "последний" in keeper.client.post(ending, {"on": today}).content.decode()
    for form in (without, narrow):
        assert "последняя" in keeper.client.post(role, form).content.decode()
    held.refresh_from_db()
    assert held.until is None
    assert held.role.grants.get().permission == Permission.ORGANISE
    make_person(centre.municipality, "Сменов Пётр Ильич", KEEPS)
    assert keeper.client.post(ending, {"on": today}).status_code == 302
    assert keeper.client.post(role, without).status_code == 302


def test_people_are_found_by_name_and_by_body(centre: Centre, keeper: Person) -> None:
    page = keeper.client.get(f"{ROOT}/people/", {"q": "дорожн"}).content.decode()
    assert "Дорожный Иван Петрович" in page
    assert "Белов Пётр Ильич" not in page
    page = keeper.client.get(f"{ROOT}/people/", {"body": centre.water.pk}).content.decode()
    assert "Никого не найдено" in page


def test_a_person_who_left_is_let_in_no_more(centre: Centre, keeper: Person) -> None:
    executor = centre.executor
    path = f"{ROOT}/people/{executor.account.pk}"
    assert executor.client.get("/desk/").status_code == 200
    silent = keeper.client.post(f"{path}/blocking/", {"reason": " "})
    assert silent.status_code == 422
    assert "почему" in silent.content.decode()
    assert keeper.client.post(f"{path}/blocking/", {"reason": "уволился"}).status_code == 302
    assert executor.client.get("/desk/").status_code == 302, "the open page asks to sign in"
    card = text(keeper, f"people/{executor.account.pk}")
    assert "отключён" in card
    assert "Вход отключён: Дорожный Иван Петрович (уволился)" in card
    assert Appointment.objects.filter(account=executor.account).exists()
    assert keeper.client.post(f"{path}/unblocking/").status_code == 302
    executor.account.refresh_from_db()
    assert executor.account.is_active
    assert "Вход включён" in text(keeper, f"people/{executor.account.pk}")


def test_nobody_shuts_the_door_of_another_centre_or_their_own(
    centre: Centre, keeper: Person, stranger: Municipality
) -> None:
    theirs = Appointment.objects.get(role__municipality=stranger)
    path = f"{ROOT}/people/{theirs.account_id}/blocking/"
    assert keeper.client.post(path, {"reason": "чужой"}).status_code == 404
    shared = Appointment.objects.get(account=centre.operator.account)
    Appointment.objects.create(role=theirs.role, account=shared.account, since=shared.since)
    refused = [
        (shared.account_id, "не только в вашем центре"),
        (keeper.account.pk, "последний"),
    ]
    for pk, words in refused:
        answer = keeper.client.post(f"{ROOT}/people/{pk}/blocking/", {"reason": "проверка"})
        assert answer.status_code == 422
        assert words in answer.content.decode()
    make_person(centre.municipality, "Вторая Ольга Ильинична", KEEPS)
    own = keeper.client.post(f"{ROOT}/people/{keeper.account.pk}/blocking/", {"reason": "я"})
    assert "самому себе" in own.content.decode()
    for other in (centre.head, centre.executor):
        path = f"{ROOT}/people/{keeper.account.pk}/blocking/"
        assert other.client.post(path, {"reason": "взлом"}).status_code == 403
    assert not Account.objects.filter(is_active=False).exists()
