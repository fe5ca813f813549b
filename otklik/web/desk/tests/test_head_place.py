"""The place of the head: everything in work, the load of people, what goes wrong, reassigning."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.casework.appeals.actions import NewAppeal, NewApplicant, assign_executor
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.deadlines.actions import install_builtin_rules
from otklik.casework.intake.actions import take
from otklik.coordination.tasks.actions import NewTask, Owner, issue_task
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.actions import apply_preset, appoint
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.rules import Access

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday() -> Iterable[None]:
    with clock.frozen(MONDAY):
        yield


def put(town: Municipality, slug: str, name: str, body: Body | None = None) -> Client:
    account = Account.objects.create_user(f"{slug}@example.test", name)
    appoint(
        access=Access.system(town.pk), account=account, role=town.roles.get(slug=slug), body=body,
        since=date(2026, 1, 12), basis="постановление от 12.01.2026 № 1",
    )  # fmt: skip
    client = Client()
    client.force_login(account)
    return client


def case_of(town: Municipality, body: Body, text: str, days: int) -> Appeal:
    """A case given to a body so many days ago."""
    with clock.frozen(MONDAY - timedelta(days=days)):
        made = take(
            access=Access.system(town.pk),
            new=NewAppeal(
                regime=Regime.PORTAL, channel=Channel.PORTAL, text=text, received_at=clock.now(),
                applicant=NewApplicant(name="Иванова Мария Петровна"),
            ),
        )  # fmt: skip
        assign_executor(access=Access.system(town.pk), appeal_id=made.pk, body_id=body.pk)
    return Appeal.objects.get(pk=made.pk)


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode().replace("\xa0", " ")


@pytest.mark.parametrize(
    ("slug", "role"),
    [
        pytest.param("pereslavl", "head", marks=pytest.mark.clause("pereslavl:2.3.1")),
        pytest.param("novoduginsky", "head", marks=pytest.mark.clause("novoduginsky:2.3.1")),
        pytest.param("tuapse", "head", marks=pytest.mark.clause("tuapse:3.4.1")),
        pytest.param("dedovichi", "coordinator", marks=pytest.mark.clause("dedovichi:12.1")),
    ],
)
def test_the_head_sees_all_and_reassigns(slug: str, role: str) -> None:
    install_builtin_rules()
    town = apply_preset(slug=slug, actor=Actor.system())
    head = put(town, role, "Головин Пётр Ильич")
    roads, water = town.bodies.order_by("-pk")[:2]
    late, fresh = case_of(town, roads, "Яма у школы", 90), case_of(town, water, "Нет воды", 1)
    shown = text(head, "/desk/appeals/")
    assert late.number in shown
    assert fresh.number in shown
    load = text(head, "/desk/control/?by=body")
    assert str(roads) in load
    assert str(water) in load
    exceptions = text(head, "/desk/control/?urgency=overdue")
    assert late.number in exceptions
    assert fresh.number not in exceptions
    assert "Просрочено" in text(head, "/desk/")
    head.post(f"/desk/appeals/{late.pk}/assignments/", {"body": water.pk})
    late.refresh_from_db()
    assert late.executor_body == water
    assert Assignment.objects.filter(question__appeal=late, body=roads).exists(), (
        "the history stays"
    )
    owner = Account.objects.get(email=f"{role}@example.test")
    form = {"text": "План на март", "owner": f"account:{owner.pk}", "due_on": "2026-03-31"}
    head.post("/desk/tasks/new/", form)
    assert "План на март" in text(head, "/desk/tasks/?view=mine")
    issue_task(
        access=Access.system(town.pk),
        new=NewTask(text="Сводка", due_on=MONDAY.date(), owner=Owner(account_id=owner.pk)),
    )
    with clock.frozen(MONDAY + timedelta(days=1)):
        today = text(head, "/desk/")
        assert "Мои поручения" in today
        assert "Поручения просрочены" in today
