"""Access of programs is given, seen and taken back on the settings pages."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from otklik.casework.appeals.models import Appeal
from otklik.coordination.webhooks.models import Delivery, DeliveryTry, Subscription
from otklik.directory.organisation.models import Municipality, Role, RoleGrant
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.directory.programs.actions import allow_program
from otklik.directory.programs.models import Program, ProgramKey
from otklik.records.journal.models import Entry
from otklik.web.desk.tests.conftest import Centre, Person, make_person
from otklik.web.desk.tests.settings_pages import ROOT, plain, text
from otklik.web.look.tests.counting import counts_of, grown, longer, over, sizes_of, views_of

FileAppeal = Callable[..., Appeal]
KEY = re.compile(r"otk_[\w-]{43}")
POST_ONLY = {
    "desk:program_key", "desk:program_note", "desk:program_revocation", "desk:program_closing",
    "desk:subscription_secret", "desk:subscription_trial", "desk:subscription_pause",
    "desk:subscription_resumption", "desk:subscription_ending", "desk:subscription_replay",
}  # fmt: skip
PAGES = {
    "desk:programs": 14,
    "desk:program_new": 14,
    "desk:program": 21,
    "desk:program_story": 14,
    "desk:subscription_new": 14,
    "desk:subscription": 14,
}


@pytest.fixture
def admin(centre: Centre) -> Person:
    """Sets up the exchange and keeps appointments."""
    grants = {Permission.SET_UP: Scope.MUNICIPALITY, Permission.ORGANISE: Scope.MUNICIPALITY}
    return make_person(centre.municipality, "Настройкина Нина Ильинична", grants)


@pytest.fixture
def role(centre: Centre) -> Role:
    return _role(centre.municipality, Permission.VIEW_APPEALS, Permission.VIEW_PERSONAL)


def _role(place: Municipality, *permissions: Permission) -> Role:
    role = Role.objects.create(
        municipality=place, slug=f"program-{Role.objects.count()}", label="Наблюдатель"
    )
    for one in permissions:
        RoleGrant.objects.create(role=role, permission=one, scope=Scope.MUNICIPALITY)
    return role


def given(role: Role, /, **change: Any) -> dict[str, Any]:
    return {
        "title": "Портал области", "role": role.pk, "permissions": ["view_appeals"],
        "calls_per_minute": 60, "basis": "Соглашение от 02.03.2026 № 7", **change,
    }  # fmt: skip


def post(person: Person, path: str, form: dict[str, Any] | None = None) -> Any:
    return person.client.post(f"{ROOT}/programs/{path}", form or {})


def let_in(admin: Person, role: Role, **change: Any) -> Program:
    response = post(admin, "new/", given(role, **change))
    assert response.status_code == 302, plain(response.content)
    return Program.objects.latest("pk")


def test_a_program_gets_a_key_that_opens_the_api_and_is_shown_once(
    admin: Person, role: Role, file_appeal: FileAppeal
) -> None:
    case = file_appeal()
    program = let_in(admin, role)
    shown = post(admin, f"{program.pk}/keys/", {"until": "2099-12-31"})
    assert shown["Cache-Control"] == "no-store"
    (key,) = set(KEY.findall(shown.content.decode()))
    caller = Client(headers={"authorization": f"Bearer {key}"})
    cases = json.loads(caller.get("/api/v1/cases").content)
    assert [one["id"] for one in cases["items"]] == [case.pk]
    page = text(admin, f"programs/{program.pk}")
    assert not KEY.search(page)
    assert key[:10] in page
    assert "31 декабря 2099" in page
    assert "сегодня" in text(admin, "programs")
    assert "Соглашение от 02.03.2026 № 7" in Entry.objects.get(name="ProgramAllowed").sentence
    stored = ProgramKey.objects.get()
    assert post(admin, f"{program.pk}/keys/{stored.pk}/").status_code == 302
    assert caller.get("/api/v1/cases").status_code == 401
    assert "отозван" in text(admin, f"programs/{program.pk}")


@pytest.mark.clause("dedovichi:14.4")
def test_technical_interaction_is_written_down_and_taken_out_as_a_table(
    centre: Centre, admin: Person, setter: Person, role: Role
) -> None:
    specialist = setter
    program = let_in(admin, role, title="ЦУР Псковской области")
    post(admin, f"{program.pk}/keys/")
    notes = {
        "access": "Попросили доступ к выгрузке сообщений",
        "format": "Согласован обмен по API v1",
        "failure": "Их сервер не отвечал два часа",
    }
    for kind, words in notes.items():
        form = {"kind": kind, "text": words, "counterpart": "Комитет цифрового развития"}
        assert post(specialist, f"{program.pk}/notes/", form).status_code == 302
    shown = text(specialist, f"programs/{program.pk}")
    file = specialist.client.get(f"{ROOT}/programs/{program.pk}/journal.csv")
    table = file.content.decode("utf-8-sig")
    assert table.index("допущена в роли") < table.index("выдан ключ otk_") < table.index("Сбой")
    for kind, words in notes.items():
        assert words in table
        assert words in shown
        assert f"Комитет цифрового развития: {words}" in table
        assert kind not in table
    assert "Порядкова" in table
    empty = post(specialist, f"{program.pk}/notes/", {"kind": "other", "text": " "})
    assert empty.status_code == 422
    assert post(centre.operator, f"{program.pk}/notes/", form).status_code == 403


def test_a_closed_program_is_shut_out_for_good(admin: Person, role: Role) -> None:
    program = let_in(admin, role)
    shown = post(admin, f"{program.pk}/keys/")
    caller = Client(headers={"authorization": f"Bearer {KEY.findall(shown.content.decode())[0]}"})
    assert caller.get("/api/v1/access").status_code == 200
    assert post(admin, f"{program.pk}/closing/").status_code == 302
    assert caller.get("/api/v1/access").status_code == 401
    refused = post(admin, f"{program.pk}/keys/")
    assert refused.status_code == 422
    assert "закрыт" in plain(refused.content)
    assert "доступ закрыт" in text(admin, "programs")


def test_nobody_gives_a_program_more_than_he_may_do(
    centre: Centre, setter: Person, role: Role
) -> None:
    refused = post(setter, "new/", given(role))
    assert refused.status_code == 403
    assert not Program.objects.exists()
    able = make_person(
        centre.municipality, "Смотрова Нина Ильинична",
        {Permission.SET_UP: Scope.MUNICIPALITY, Permission.VIEW_APPEALS: Scope.MUNICIPALITY},
    )  # fmt: skip
    assert post(able, "new/", given(role)).status_code == 302
    wider = given(role, title="Другая", permissions=["view_appeals", "view_personal"])
    assert post(able, "new/", wider).status_code == 403


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": ""}, "Обязательное поле"),
        ({"permissions": []}, "Отметьте, что программа может делать"),
        ({"permissions": ["register"]}, "нет права: «регистрировать обращения»"),
        ({"calls_per_minute": 0}, "больше либо равно 1"),
        ({"role": ""}, "Обязательное поле"),
    ],
)
def test_what_makes_no_sense_is_said_in_the_form(
    change: dict[str, Any], words: str, admin: Person, role: Role
) -> None:
    refused = post(admin, "new/", given(role, **change))
    assert refused.status_code == 422
    assert words in plain(refused.content)
    assert not Program.objects.exists()


def test_a_role_that_reaches_nothing_without_a_body_is_refused(
    centre: Centre, admin: Person
) -> None:
    narrow = Role.objects.create(municipality=centre.municipality, slug="n", label="Дорожник")
    RoleGrant.objects.create(role=narrow, permission=Permission.VIEW_APPEALS, scope=Scope.BODY)
    assert "ничего не увидит" in plain(post(admin, "new/", given(narrow)).content)
    assert let_in(admin, narrow, body=centre.roads.pk).body == centre.roads


def test_a_key_does_not_begin_expired(admin: Person, role: Role) -> None:
    program = let_in(admin, role)
    refused = post(admin, f"{program.pk}/keys/", {"until": "2020-01-01"})
    assert refused.status_code == 422
    assert "уже прошёл" in plain(refused.content)
    assert not ProgramKey.objects.exists()


def test_news_are_subscribed_watched_and_sent_again(
    admin: Person, role: Role, settings: Any
) -> None:
    settings.WEBHOOKS_TO_PRIVATE = True
    program = let_in(admin, role)
    form = {"url": "http://127.0.0.1:1/hook", "news": ["case.registered"]}
    shown = post(admin, f"{program.pk}/subscriptions/new/", form)
    assert "Скопируйте сейчас" in plain(shown.content)
    one = Subscription.objects.get()
    page = f"subscriptions/{one.pk}"
    assert post(admin, f"{page}/trial/").status_code == 302
    delivery = Delivery.objects.get()
    Delivery.objects.update(state="failed", code=500, attempts=1)
    DeliveryTry.objects.create(
        delivery=delivery, number=1, started_at=delivery.created_at,
        finished_at=delivery.created_at, code=500, milliseconds=12,
    )  # fmt: skip
    seen = text(admin, f"programs/{page}")
    for words in ("Проверка", "не доставлено", "код 500", "1 попытка", "12 мс"):
        assert words in seen
    assert post(admin, f"{page}/deliveries/{delivery.pk}/").status_code == 302
    assert "ждёт отправки" in text(admin, f"programs/{page}")
    assert post(admin, f"{page}/pause/", {"reason": "работы на портале"}).status_code == 302
    assert "Работы на портале" in text(admin, f"programs/{page}")
    assert "приостановлены: работы на портале" in text(admin, f"programs/{program.pk}")
    assert post(admin, f"{page}/resumption/").status_code == 302
    before = one.secret
    assert "Скопируйте сейчас" in plain(post(admin, f"{page}/secret/").content)
    assert Subscription.objects.get().secret != before
    assert post(admin, f"{page}/ending/").status_code == 302
    assert "сама узнаёт новости" in text(admin, f"programs/{program.pk}")


def test_an_inner_address_or_personal_data_without_right_are_refused(
    admin: Person, role: Role
) -> None:
    program = let_in(admin, role)
    form = {"url": "http://10.0.0.1/hook", "news": ["case.registered"]}
    refused = post(admin, f"{program.pk}/subscriptions/new/", form)
    assert refused.status_code == 422
    assert "https://" in plain(refused.content)
    form = {"url": "https://portal.test/hook", "news": ["case.registered"], "personal": "on"}
    refused = post(admin, f"{program.pk}/subscriptions/new/", form)
    assert "нет права видеть персональные данные" in plain(refused.content)
    assert not Subscription.objects.exists()


def test_only_those_who_set_up_come_in_and_only_to_their_own(
    centre: Centre, admin: Person, role: Role, stranger: Municipality
) -> None:
    own = let_in(admin, role)
    other = _role(stranger, Permission.VIEW_APPEALS)
    alien = allow_program(
        access=Access.system(stranger.pk), title="Чужая", role_id=other.pk,
        permissions=["view_appeals"],
    )  # fmt: skip
    for person in (centre.operator, centre.head, centre.executor):
        for path in ("", "new/", f"{own.pk}/"):
            assert person.client.get(f"{ROOT}/programs/{path}").status_code == 403
    assert admin.client.get(f"{ROOT}/programs/{alien.pk}/").status_code == 404
    for path in (f"{alien.pk}/keys/", f"{alien.pk}/closing/", "subscriptions/999/ending/"):
        assert post(admin, path).status_code == 404
    assert "Чужая" not in text(admin, "programs")


def fill(centre: Centre, admin: Person, role: Role, first: Program, names: range) -> Subscription:
    for n in names:
        program = let_in(admin, role, title=f"Программа {n}")
        post(admin, f"{program.pk}/keys/")
        post(admin, f"{first.pk}/keys/")
        for one in (program, first):
            form = {"url": f"https://portal.test/{n}", "news": ["case.registered"]}
            post(admin, f"{one.pk}/subscriptions/new/", form)
        _role(centre.municipality, Permission.VIEW_APPEALS)
    told = Subscription.objects.filter(program=first).order_by("pk")[0]
    for _ in names:
        post(admin, f"subscriptions/{told.pk}/trial/")
        delivery = Delivery.objects.filter(subscription=told).latest("pk")
        DeliveryTry.objects.create(delivery=delivery, number=1, started_at=delivery.created_at)
    return told


def test_pages_ask_the_same_of_three_rows_and_of_thirty(
    centre: Centre, admin: Person, role: Role
) -> None:
    first = let_in(admin, role)
    told = fill(centre, admin, role, first, range(3))
    keys = {"desk:subscription": told.pk, "desk:program": first.pk}
    keys["desk:program_story"] = first.pk
    keys["desk:subscription_new"] = first.pk
    pages = {
        name: reverse(name, kwargs={"pk": keys[name]} if name in keys else {}) for name in PAGES
    }
    few, short = counts_of(admin.client, pages), sizes_of(admin.client, pages)
    fill(centre, admin, role, first, range(3, 30))
    many = counts_of(admin.client, pages)
    assert grown(few, many) == {}
    assert over(many, PAGES) == {}
    listed = {"desk:programs", "desk:program", "desk:subscription", "desk:program_new"}
    assert listed <= longer(short, sizes_of(admin.client, pages))


def test_every_address_is_counted_and_verbs_show_no_page(admin: Person) -> None:
    assert set(views_of("otklik.web.desk.settings.programs")) == {*PAGES, *POST_ONLY}
    for name in sorted(POST_ONLY):
        more = {
            "desk:program_revocation": {"key_id": 1},
            "desk:subscription_replay": {"delivery": 1},
        }
        url = reverse(name, kwargs={"pk": 1, **more.get(name, {})})
        assert admin.client.get(url).status_code == 405, name
