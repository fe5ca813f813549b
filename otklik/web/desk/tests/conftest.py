"""Standing characters of the desk: operator, head, executor, and somebody from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from django.test import Client

from otklik.base import clock
from otklik.casework.appeals.actions import NewAppeal, NewApplicant, mark_answered, move
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.deadlines.actions import install_builtin_rules
from otklik.casework.intake.actions import take
from otklik.casework.replies.models import Reply
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Appointment, Body, Municipality, Role, RoleGrant
from otklik.directory.organisation.queries import access_of
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.directory.topics.models import Edition, Topic


@dataclass(frozen=True)
class Person:
    account: Account
    access: Access
    client: Client


@dataclass(frozen=True)
class Centre:
    municipality: Municipality
    roads: Body
    water: Body
    holes: Topic
    leaks: Topic
    operator: Person
    head: Person
    executor: Person


def make_person(
    place: Municipality, name: str, grants: dict[Permission, Scope], body: Body | None = None
) -> Person:
    role = Role.objects.create(municipality=place, slug=f"role-{Role.objects.count()}", label=name)
    RoleGrant.objects.bulk_create(
        RoleGrant(role=role, permission=permission, scope=scope)
        for permission, scope in grants.items()
    )
    account = Account.objects.create_user(f"person{role.pk}@zaozersk.test", name)
    Appointment.objects.create(account=account, role=role, body=body, since=date(2020, 1, 1))
    client = Client()
    client.force_login(account)
    return Person(account, access_of(account, place.pk, clock.today()), client)


OPERATOR = dict.fromkeys(
    (
        Permission.VIEW_APPEALS,
        Permission.VIEW_PERSONAL,
        Permission.REGISTER,
        Permission.CLASSIFY,
        Permission.SEND,
        Permission.CONTROL,
        Permission.IMPORT,
        Permission.EXTEND,
    ),
    Scope.MUNICIPALITY,
)
HEAD = dict.fromkeys(
    (
        Permission.VIEW_APPEALS,
        Permission.VIEW_PERSONAL,
        Permission.ASSIGN,
        Permission.APPROVE,
        Permission.SIGN,
        Permission.CONTROL,
        Permission.ANALYTICS,
        Permission.CONVERT,
        Permission.REPORT,
    ),
    Scope.MUNICIPALITY,
)
EXECUTOR = dict.fromkeys(
    (Permission.VIEW_APPEALS, Permission.VIEW_PERSONAL, Permission.DRAFT), Scope.BODY
)


KEEPS = {Permission.ORGANISE: Scope.MUNICIPALITY}


@pytest.fixture
def centre(db: None) -> Centre:
    install_builtin_rules()
    place = Municipality.objects.create(
        slug="zaozersk",
        name="Заозёрский муниципальный округ",
        short_name="Заозёрский округ",
        kind="municipal_okrug",
        region="Северореченская область",
    )
    roads = Body.objects.create(
        municipality=place, name="Дорожная служба", kind="institution", email="roads@zaozersk.test"
    )
    water = Body.objects.create(municipality=place, name="Водоканал", kind="enterprise")
    edition = Edition.objects.create(municipality=place, slug="own", title="Свои темы")
    holes = Topic.objects.create(edition=edition, code="1", name="Ямы на дорогах", group="Дороги")
    leaks = Topic.objects.create(edition=edition, code="2", name="Протечки", group="ЖКХ")
    return Centre(
        municipality=place,
        roads=roads,
        water=water,
        holes=holes,
        leaks=leaks,
        operator=make_person(place, "Сидорова Анна Павловна", OPERATOR),
        head=make_person(place, "Белов Пётр Ильич", HEAD),
        executor=make_person(place, "Дорожный Иван Петрович", EXECUTOR, roads),
    )


@pytest.fixture
def file_appeal(centre: Centre) -> Callable[..., Appeal]:
    def file(text: str = "На улице Садовой большая яма, разбили колесо", **more: object) -> Appeal:
        values: dict[str, object] = {
            "regime": Regime.PORTAL,
            "channel": Channel.PORTAL,
            "text": text,
            "received_at": clock.now(),
            "applicant": NewApplicant(name="Иванова Мария Петровна", phone="+7 900 000-11-22"),
        }
        return take(access=centre.operator.access, new=NewAppeal(**{**values, **more}))  # type: ignore[arg-type]

    return file


@pytest.fixture
def keeper(centre: Centre) -> Person:
    """Whoever keeps the structure, and holds no other right."""
    return make_person(centre.municipality, "Кадрова Нина Ильинична", KEEPS)


@pytest.fixture
def setter(centre: Centre) -> Person:
    return make_person(
        centre.municipality, "Порядкова Нина Ильинична", {Permission.SET_UP: Scope.MUNICIPALITY}
    )


@pytest.fixture
def stranger(centre: Centre) -> Municipality:
    return Municipality.objects.create(
        slug="drugoy", name="Другой округ", short_name="Другой", kind="settlement", region="Область"
    )


DECIDER = {
    **OPERATOR, Permission.DECIDE: Scope.MUNICIPALITY, Permission.SET_UP: Scope.MUNICIPALITY,
}  # fmt: skip


@pytest.fixture
def decider(centre: Centre) -> Person:
    return make_person(centre.municipality, "Головина Нина Ильинична", DECIDER)


@pytest.fixture
def file_law(file_appeal: Callable[..., Appeal]) -> Callable[..., Appeal]:
    def file(text: str = "На улице Садовой большая яма", **more: object) -> Appeal:
        person = NewApplicant(name="Иванова Мария Петровна", phone="+7 900 000-11-22",
                              postal_address="Заозёрск, Мира, 3")  # fmt: skip
        values: dict[str, object] = {
            "regime": Regime.LAW59, "channel": Channel.PAPER, "applicant": person, **more,
        }  # fmt: skip
        return file_appeal(text, **values)

    return file


def answer(centre: Centre, appeal: Appeal) -> None:
    """The case as if its answer had been drafted, approved and sent now."""
    Reply.objects.create(
        appeal=appeal,
        status="sent",
        text="Яма заделана.",
        checklist={},
        author_label="Исполнитель",
        created_at=clock.now(),
    )
    system = Access.system(centre.municipality.pk)
    for verb in ("submit", "approve"):
        move(access=system, appeal_id=appeal.pk, verb=verb)
    mark_answered(access=system, appeal_id=appeal.pk)
