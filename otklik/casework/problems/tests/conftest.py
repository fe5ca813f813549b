"""A settlement with one street, its staff, and neighbours who write."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from otklik.base import clock
from otklik.casework.appeals.actions import NewAppeal, NewApplicant, PlaceGiven, assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.deadlines.actions import install_builtin_rules
from otklik.casework.intake.actions import take
from otklik.casework.problems.actions import propose
from otklik.casework.quality.tests.conftest import person
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.directory.territory.models import House, Settlement, Street
from otklik.directory.topics.models import Edition, Topic

NOW = datetime(2026, 2, 10, 7, tzinfo=UTC)
BURST = (
    "Прорвало трубу у дома, вода хлещет на дорогу",
    "Нет воды, в кране сухо с утра",
    "Порыв водопровода, вода бежит по улице",
    "Из-под земли бьёт фонтан, вода заливает двор",
    "Вторую половину дня сидим без воды, где-то прорыв",
    "Вода течёт по улице рекой, прорвало водопровод",
)
NAMES = (
    "Иванова Мария Петровна", "Сидоров Пётр Ильич", "Котова Анна Львовна", "Орлов Илья Сергеевич",
)  # fmt: skip
WORKING = dict.fromkeys(
    (
        Permission.VIEW_APPEALS, Permission.VIEW_PERSONAL, Permission.CLASSIFY, Permission.CONTROL,
        Permission.DRAFT, Permission.SEND, Permission.ASSIGN,
    ),
    Scope.MUNICIPALITY,
)  # fmt: skip
SIGNING = dict.fromkeys(
    (Permission.VIEW_APPEALS, Permission.APPROVE, Permission.SIGN), Scope.MUNICIPALITY
)


class Village:
    """Cases come at `NOW` and so many hours later."""

    def __init__(self) -> None:
        install_builtin_rules()
        self.town = Municipality.objects.create(
            slug="zarechye", name="Заречье", short_name="Заречье", region="Область",
            kind="district",
        )  # fmt: skip
        self.village = Settlement.objects.create(
            municipality=self.town, name="Берёзовка", kind="village"
        )
        self.street = Street.objects.create(settlement=self.village, name="Садовая")
        edition = Edition.objects.create(municipality=self.town, slug="own", title="Свои темы")
        self.water = Topic.objects.create(edition=edition, code="1", name="Водоснабжение")
        self.housing = Body.objects.create(municipality=self.town, name="ЖКХ", kind="department")
        self.system = Access.system(self.town.pk)
        self.worker = person(self.town, "Ветрова Анна Ильинична", WORKING)
        self.head = person(self.town, "Головин Пётр Ильич", SIGNING)

    def case(self, text: str = "", hours: float = 0, *, nr: int = 0, **more: Any) -> Appeal:
        house = more.pop("house", str(3 + nr % 4))
        made = House.objects.get_or_create(
            street=self.street, number=house, defaults={"lat": 53.0, "lon": 41.0}
        )[0]
        values: dict[str, Any] = {
            "regime": Regime.MAIL, "channel": Channel.EMAIL,
            "text": text or BURST[nr % len(BURST)],
            "received_at": NOW + timedelta(hours=hours),
            "place": PlaceGiven(settlement_id=self.village.pk, street_id=self.street.pk,
                                house_id=made.pk, lat=53.0, lon=41.0),
            "applicant": NewApplicant(name=NAMES[nr % 4], email=f"author{nr}@mail.test"),
            "topic_id": self.water.pk,
        }  # fmt: skip
        with clock.frozen(NOW + timedelta(hours=hours)):
            new = NewAppeal(**{**values, **more})
            appeal = take(access=self.system, new=new)
            assign_executor(access=self.system, appeal_id=appeal.pk, body_id=self.housing.pk)
            propose(appeal_id=appeal.pk)
        return Appeal.objects.get(pk=appeal.pk)

    def burst(self, count: int = 3, **more: Any) -> list[Appeal]:
        return [self.case(nr=nr, hours=nr / 10, **more) for nr in range(count)]


@pytest.fixture
def village(db: None) -> Village:
    return Village()
