"""The first walk: real pages, ticks from what was really done, hidden and shown without scripts."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from otklik.base.events import Event
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.config.demo.source import read_yaml
from otklik.config.demo.world import load_world
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.queries import access_of
from otklik.records.journal.queries import story_of

UNTIL = date(2026, 11, 20)
TARGET = 60
WATCH = "otklik.config.demo.walk.SeenMiddleware"


@pytest.fixture(autouse=True)
def watching(settings: LazySettings) -> None:
    settings.DEMO = True
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, WATCH]


def enter(login: str, client: Client | None = None) -> Client:
    client = client or Client()
    account = Account.objects.get(email=f"{login}@zaozersk.example")
    answer = client.post(reverse("demo-signin"), {"account": account.pk})
    assert answer.status_code == 302
    return client


def walk(client: Client) -> dict[str, bool]:
    page = client.get(reverse("desk:today"))
    return {step["label"]: step["done"] for step in page.context["demo_walk"].steps}


def _facts() -> set[str]:
    """Names of every fact that any room may record."""
    found: set[str] = set()
    for room in apps.get_app_configs():
        if room.name.startswith("otklik.") and find_spec(f"{room.name}.events"):
            events = vars(import_module(f"{room.name}.events")).values()
            found |= {x.__name__ for x in events if isinstance(x, type) and issubclass(x, Event)}
    return found


def test_every_role_has_a_walk_over_pages_that_open_for_it(filled: Municipality) -> None:
    walks: dict[str, Any] = read_yaml("walks.yaml")
    first = {person.role: person.login for person in reversed(load_world().staff)}
    assert set(first) == set(walks)
    facts = _facts()
    for role, steps in walks.items():
        assert 6 <= len(steps) <= 8
        assert {key for step in steps for key in step} <= {
            "label",
            "do",
            "page",
            "event",
            "url",
            "query",
        }
        assert all(("page" in step) != ("event" in step) for step in steps), role
        assert {step["event"] for step in steps if "event" in step} <= facts
        client = enter(first[role])
        shown = client.get(reverse("desk:today")).context["demo_walk"].steps
        pages = {s["label"] for s in steps if s.get("page") not in (None, "desk:appeal")}
        for step in shown:
            assert client.get(step["url"]).status_code == 200, (role, step["label"])
        assert {label for label, done in walk(client).items() if done} == pages


def test_a_fact_ticks_its_step_for_the_one_who_did_it(filled: Municipality) -> None:
    client = enter("sinitsyna")
    assert not any(walk(client).values())
    person = Account.objects.get(email="sinitsyna@zaozersk.example")
    appeal = Appeal.objects.filter(answered_at__isnull=True).first()
    assert appeal
    body = Body.objects.exclude(pk=appeal.executor_body_id or 0).filter(kind="institution").first()
    assert body
    assign_executor(
        access=access_of(person, filled.pk, UNTIL), appeal_id=appeal.pk, body_id=body.pk
    )
    assert "ExecutorAssigned" in [entry.name for entry in story_of(appeal.pk)]
    assert walk(client)["Передайте исполнителю"]
    assert not walk(enter("golovin"))["Назначьте исполнителя"]


def test_hidden_stays_hidden_and_comes_back_from_the_menu(filled: Municipality) -> None:
    client, today = enter("sinitsyna"), reverse("desk:today")
    page = client.get(today).content.decode()
    assert "Первый обход" in page
    assert "Показать снова" not in page
    client.post(reverse("demo-walk"))
    page = client.get(today).content.decode()
    assert 'id="walk-title"' not in page
    assert "Показать снова" in page
    enter("golovin", client)
    assert 'id="walk-title"' in client.get(today).content.decode()
    enter("sinitsyna", client)
    assert 'id="walk-title"' not in client.get(today).content.decode()
    client.post(reverse("demo-walk"), {"show": "1"})
    assert 'id="walk-title"' in client.get(today).content.decode()


def test_nothing_of_it_outside_the_demo(filled: Municipality, settings: LazySettings) -> None:
    client = enter("sinitsyna")
    settings.DEMO = False
    assert 'id="walk-title"' not in client.get(reverse("desk:today")).content.decode()
    assert client.post(reverse("demo-walk")).status_code == 403
    assert "демонстрация" not in Client().get("/m/zaozersky/").content.decode()
    settings.DEMO = True
    assert "Это демонстрация" in Client().get("/m/zaozersky/").content.decode()
