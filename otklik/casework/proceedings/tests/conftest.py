"""A small centre with the grounds of the law, an operator, a head, and an executor from a body."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest

from otklik.base import clock
from otklik.casework.appeals.actions import NewAppeal, NewApplicant, NewQuestion, register
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.rules.fingerprint import fingerprint_of
from otklik.casework.appeals.vocabulary import Channel, Regime, Status
from otklik.casework.deadlines.actions import install_builtin_rules, set_deadlines
from otklik.casework.proceedings.actions import install_builtin_grounds
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Appointment, Body, Municipality, Role, RoleGrant
from otklik.directory.organisation.queries import access_of
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.exchange.channels.models import ChannelAccount
from otklik.exchange.channels.vocabulary import ChannelKind

MONDAY = datetime(2026, 2, 2, 7, 0, tzinfo=UTC)
"""10:00 in Moscow on a working Monday."""

MakeAppeal = Callable[..., Appeal]
OPERATOR = (
    Permission.VIEW_APPEALS,
    Permission.VIEW_PERSONAL,
    Permission.REGISTER,
    Permission.CLASSIFY,
)
HEAD = (*OPERATOR, Permission.DECIDE, Permission.CONVERT)


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with clock.frozen(MONDAY):
        yield


@pytest.fixture
def town(db: None) -> Municipality:
    install_builtin_rules()
    install_builtin_grounds()
    place = Municipality.objects.create(
        slug="zarechye", name="Заречье", short_name="Заречье", region="Область", kind="district"
    )
    ChannelAccount.objects.create(municipality=place, kind=ChannelKind.EMAIL, title="Почта центра")
    return place


@pytest.fixture
def roads(town: Municipality) -> Body:
    return Body.objects.create(municipality=town, name="Отдел дорог", kind="department")


@pytest.fixture
def housing(town: Municipality) -> Body:
    return Body.objects.create(municipality=town, name="Отдел ЖКХ", kind="department")


def person(
    town: Municipality,
    name: str,
    rights: tuple[Permission, ...],
    scope: Scope = Scope.MUNICIPALITY,
    body: Body | None = None,
) -> Access:
    number = Role.objects.count()
    role = Role.objects.create(municipality=town, slug=f"role-{number}", label=name)
    RoleGrant.objects.bulk_create(
        RoleGrant(role=role, permission=right, scope=scope) for right in rights
    )
    account = Account.objects.create_user(f"p{number}@zarechye.test", name)
    Appointment.objects.create(account=account, role=role, body=body, since=date(2020, 1, 1))
    return access_of(account, town.pk, date(2026, 2, 2))


@pytest.fixture
def operator(town: Municipality) -> Access:
    return person(town, "Сидорова Анна Павловна", OPERATOR)


@pytest.fixture
def head(town: Municipality) -> Access:
    return person(town, "Белов Пётр Ильич", HEAD)


@pytest.fixture
def make_appeal(town: Municipality) -> MakeAppeal:
    """A paper обращение of a named citizen; any value may be given anew."""

    def make(text: str = "На улице Садовой большая яма", **more: object) -> Appeal:
        questions = more.pop("questions", ())
        answered = more.pop("answered", False)
        assert isinstance(questions, tuple)
        values: dict[str, object] = {
            "regime": Regime.LAW59,
            "channel": Channel.PAPER,
            "text": text,
            "received_at": clock.now(),
            "applicant": NewApplicant(
                name="Иванова Мария Петровна",
                phone="+7 900 000-11-22",
                postal_address="Заречье, улица Мира, 3",
            ),
            "questions": tuple(NewQuestion(text=one) for one in questions),
            "fingerprint": fingerprint_of(text),
            **more,
        }
        made = register(access=Access.system(town.pk), new=NewAppeal(**values))  # type: ignore[arg-type]
        set_deadlines(appeal=made)
        if answered:
            Appeal.objects.filter(pk=made.pk).update(
                status=Status.ANSWERED, answered_at=clock.now()
            )
        made.refresh_from_db()
        return made

    return make
