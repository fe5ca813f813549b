"""A centre, its programs with their keys, and programs of others that call in."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from otklik.base import clock
from otklik.base.signing import signature
from otklik.casework.appeals.actions import NewAppeal, NewApplicant
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.deadlines.actions import install_builtin_rules
from otklik.casework.intake.actions import take
from otklik.directory.organisation.models import Body, Municipality, Role, RoleGrant
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.directory.programs.actions import allow_program, issue_key
from otklik.directory.programs.models import Program
from otklik.directory.territory.models import Settlement
from otklik.directory.topics.models import Edition, Topic

EVERYTHING = (Permission.VIEW_APPEALS, Permission.VIEW_PERSONAL, Permission.REGISTER)


@dataclass(frozen=True)
class Place:
    municipality: Municipality
    roads: Body
    water: Body
    holes: Topic
    village: Settlement
    system: Access


class Caller:
    """A program with its key."""

    def __init__(self, program: Program, key: str) -> None:
        self.program = program
        self.key = key
        self.client = Client(headers={"authorization": f"Bearer {key}"})

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api/v1/{path}", query)

    def ok(self, path: str, **query: Any) -> Any:
        response = self.get(path, **query)
        assert response.status_code == 200, response.content.decode()
        return json.loads(response.content)

    def post(self, path: str, content: object, **headers: str) -> Any:
        return self.client.post(
            f"/api/v1/{path}", json.dumps(content), content_type="application/json", headers=headers
        )


@pytest.fixture
def place(db: None) -> Place:
    cache.clear()
    install_builtin_rules()
    centre = Municipality.objects.create(
        slug="zaozersk", name="Заозёрский муниципальный округ", short_name="Заозёрский округ",
        kind="municipal_okrug", region="Северореченская область",
    )  # fmt: skip
    edition = Edition.objects.create(municipality=centre, slug="own", title="Свои темы")
    return Place(
        municipality=centre,
        roads=Body.objects.create(municipality=centre, name="Дорожная служба", kind="institution"),
        water=Body.objects.create(municipality=centre, name="Водоканал", kind="enterprise"),
        holes=Topic.objects.create(
            edition=edition, code="1", name="Ямы на дорогах", group="Дороги", keywords="яма асфальт"
        ),
        village=Settlement.objects.create(
            municipality=centre, name="Лесное", kind="village", lat=59.1, lon=39.2
        ),
        system=Access.system(centre.pk),
    )


@pytest.fixture
def let_in(place: Place) -> Callable[..., Caller]:
    def let(
        title: str = "Портал области",
        permissions: tuple[Permission, ...] = EVERYTHING,
        scope: Scope = Scope.MUNICIPALITY,
        **more: Any,
    ) -> Caller:
        role = Role.objects.create(
            municipality=place.municipality, slug=f"role-{Role.objects.count()}", label=title
        )
        RoleGrant.objects.bulk_create(
            RoleGrant(role=role, permission=one, scope=scope) for one in permissions
        )
        program = allow_program(
            access=place.system, title=title, role_id=role.pk, permissions=permissions, **more
        )
        return Caller(program, issue_key(access=place.system, program_id=program.pk)[1])

    return let


@pytest.fixture
def file_case(place: Place) -> Callable[..., Appeal]:
    def file(text: str = "На улице Садовой большая яма", **more: object) -> Appeal:
        values: dict[str, object] = {
            "regime": Regime.PORTAL,
            "channel": Channel.PORTAL,
            "text": text,
            "received_at": clock.now(),
            "applicant": NewApplicant(name="Иванова Мария Петровна", phone="+7 900 000-11-22"),
            "topic_id": place.holes.pk,
        }
        return take(access=place.system, new=NewAppeal(**{**values, **more}))  # type: ignore[arg-type]

    return file


def sign(key: str, content: bytes, at: int | None = None) -> dict[str, str]:
    """Headers that a program of another system sends."""
    moment = int(time.time()) if at is None else at
    return {
        "X-Otklik-Timestamp": str(moment),
        "X-Otklik-Signature": signature(key, moment, content),
    }
