"""The controller of the regulation sees clause by clause how it is carried out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.coordination.tasks import actions
from otklik.coordination.tasks.models import Fulfilment
from otklik.coordination.tasks.vocabulary import Recurrence
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.actions import apply_preset, appoint
from otklik.directory.organisation.models import Regulation
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.web.desk.tests.conftest import Centre, Person, make_person

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
DAY = MONDAY.date()


@pytest.fixture(autouse=True)
def monday() -> Iterable[None]:
    with clock.frozen(MONDAY):
        yield


@pytest.fixture
def chief(centre: Centre) -> Person:
    return make_person(
        centre.municipality, "Орлова Вера Ильинична", {Permission.INSTRUCT: Scope.MUNICIPALITY}
    )


def page(person: Person, path: str) -> str:
    response = person.client.get(f"/desk/tasks/{path}")
    assert response.status_code == 200, path
    return response.content.decode()


def test_a_clause_is_marked_with_a_document(centre: Centre, chief: Person) -> None:
    Regulation.objects.create(
        municipality=centre.municipality, title="Положение", number="7",
        issued_on=date(2026, 1, 12), in_force_from=date(2026, 1, 12),
        text="1. Общие положения\n1.1. Центр создан\n2.1. Центр ведёт карту ям\nбез номера",
    )  # fmt: skip
    boss = make_person(
        centre.municipality, "Надзоров Пётр Ильич", {Permission.CONTROL: Scope.MUNICIPALITY}
    )
    assert chief.client.get("/desk/tasks/regulation/").status_code == 403
    shown = page(boss, "regulation/").replace("\xa0", " ")
    assert "Центр ведёт карту ям" in shown
    assert "не обеспечено" in shown
    form = {"text": "Карта", "owner": f"body:{centre.roads.pk}", "due_on": "2026-03-02"}
    chief.client.post("/desk/tasks/new/", {**form, "clause": "2.1"})
    with clock.frozen(MONDAY + timedelta(days=2)):
        shown = page(boss, "regulation/").replace("\xa0", " ")
        assert shown.index(">п. 2.1<") < shown.index(">п. 1.1<")
        assert "просрочено" in shown
    marked = {
        "fulfilled_on": "2026-02-27",
        "text": "Карта передана",
        "file": SimpleUploadedFile("акт.txt", "Передано".encode()),
    }
    boss.client.post("/desk/tasks/regulation/1.1/", marked)
    mark = Fulfilment.objects.get()
    assert (mark.clause, mark.fulfilled_on) == ("1.1", date(2026, 2, 27))
    card = page(boss, "regulation/1.1/")
    assert "Карта передана" in card
    assert "акт.txt" in card
    assert "исполнено" in card
    url = card.split('href="/desk/tasks/regulation/1.1/files/')[1].split('"')[0]
    assert boss.client.get(f"/desk/tasks/regulation/1.1/files/{url}").content == "Передано".encode()
    early = {"fulfilled_on": "2026-03-03", "text": "Заранее"}
    late = boss.client.post("/desk/tasks/regulation/1.1/", early)
    assert "ещё не наступил" in late.content.decode()
    assert Fulfilment.objects.count() == 1


CONTROLLERS = [
    ("pereslavl", "order.4"),
    ("novoduginsky", "order.5"),
    ("tuapse", "order.8"),
    ("dedovichi", "order.5"),
]


@pytest.mark.parametrize(
    ("slug", "clause"),
    [pytest.param(s, c, marks=pytest.mark.clause(f"{s}:{c}")) for s, c in CONTROLLERS],
)
def test_the_controller_named_by_the_regulation_sees_it_clause_by_clause(
    slug: str, clause: str
) -> None:
    town = apply_preset(slug=slug, actor=Actor.system())
    (role,) = [one for one in town.roles.all() if clause in one.clauses]
    account = Account.objects.create_user("boss@example.test", "Контролёров Пётр Ильич")
    appoint(
        access=Access.system(town.pk), account=account, role=role, since=date(2026, 2, 2),
        basis="решение от 01.02.2026 № 1",
    )  # fmt: skip
    system, other = Access.system(town.pk), town.roles.exclude(pk=role.pk).first()
    assert other is not None
    late = next(one for one in other.clauses if one not in role.clauses)
    actions.save_function(
        access=system, name="Ежемесячная сверка", act="Положение", owner_role=other,
        recurrence=Recurrence.WEEKLY, clause=late,
    )  # fmt: skip
    actions.make_periodic(municipality_id=town.pk, today=DAY - timedelta(days=7))
    client = Client()
    client.force_login(account)
    shown = client.get("/desk/tasks/regulation/").content.decode()
    rows = shown.split("<tbody")[1]
    for known in {clause for one in town.roles.all() for clause in one.clauses}:
        assert f'href="/desk/tasks/regulation/{known}/"' in rows
    assert rows.index(f"/regulation/{late}/") == rows.index("/regulation/"), "overdue first"
    assert "просрочено" in rows
    assert "вакантна" in rows
    assert account.short_name in rows
