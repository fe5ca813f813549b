"""A small centre: a chief specialist who keeps the record, a roads department, an outsider."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from otklik.base import clock
from otklik.casework.appeals.actions import NewAppeal, NewApplicant, assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.deadlines.actions import install_builtin_rules
from otklik.casework.intake.actions import take
from otklik.casework.replies.models import Reply
from otklik.casework.replies.vocabulary import ReplyStatus
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Appointment, Body, Municipality, Role, RoleGrant
from otklik.directory.organisation.queries import access_of
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope

MONDAY = datetime(2026, 2, 2, 7, 0, tzinfo=UTC)
"""10:00 in Moscow on a working Monday."""

MakeAppeal = Callable[..., Appeal]


@pytest.fixture
def town(db: None) -> Municipality:
    install_builtin_rules()
    return Municipality.objects.create(
        slug="zarechye", name="Заречье", short_name="Заречье", region="Область", kind="district"
    )


@pytest.fixture
def roads(town: Municipality) -> Body:
    return Body.objects.create(municipality=town, name="Отдел дорог", kind="department")


@pytest.fixture
def housing(town: Municipality) -> Body:
    return Body.objects.create(municipality=town, name="Отдел ЖКХ", kind="department")


@pytest.fixture
def system(town: Municipality) -> Access:
    return Access.system(town.pk)


def person(
    town: Municipality, name: str, grants: dict[Permission, Scope], body: Body | None = None
) -> Access:
    number = Role.objects.count()
    role = Role.objects.create(municipality=town, slug=f"role-{number}", label=name)
    RoleGrant.objects.bulk_create(
        RoleGrant(role=role, permission=right, scope=scope) for right, scope in grants.items()
    )
    account = Account.objects.create_user(f"p{number}@zarechye.test", name)
    Appointment.objects.create(account=account, role=role, body=body, since=date(2020, 1, 1))
    return access_of(account, town.pk, date(2026, 2, 2))


@pytest.fixture
def chief(town: Municipality) -> Access:
    rights = (Permission.VIEW_APPEALS, Permission.QUALITY, Permission.CONTROL)
    return person(town, "Орлова Вера Ильинична", dict.fromkeys(rights, Scope.MUNICIPALITY))


@pytest.fixture
def liaison(town: Municipality, roads: Body) -> Access:
    """The roads department's contact: controls his own body, keeps no record."""
    rights = (Permission.VIEW_APPEALS, Permission.CONTROL, Permission.DRAFT)
    return person(town, "Дорогин Илья Петрович", dict.fromkeys(rights, Scope.BODY), roads)


@pytest.fixture
def make_appeal(system: Access, roads: Body) -> MakeAppeal:
    """A case that came at a moment, with the roads department from then on."""

    def make(at: datetime = MONDAY, body: Body | None = roads, **more: object) -> Appeal:
        with clock.frozen(at):
            values: dict[str, object] = {
                "regime": Regime.LAW59,
                "channel": Channel.PAPER,
                "text": "Прошу отремонтировать дорогу у школы на улице Мира.",
                "received_at": at,
                "applicant": NewApplicant(name="Петрова Анна", postal_address="ул. Мира, 1"),
            }
            appeal = take(access=system, new=NewAppeal(**{**values, **more}))  # type: ignore[arg-type]
            if body is not None:
                assign_executor(access=system, appeal_id=appeal.pk, body_id=body.pk)
        return Appeal.objects.get(pk=appeal.pk)

    return make


@pytest.fixture
def make_reply(roads: Body) -> Callable[..., Reply]:
    def make(appeal: Appeal, text: str = "Дорогу отремонтируют 5 марта 2026 года.") -> Reply:
        return Reply.objects.create(
            appeal=appeal, body=roads, status=ReplyStatus.SENT, text=text,
            author_label="Дорогин И. П.", created_at=MONDAY, sent_at=MONDAY,
        )  # fmt: skip

    return make
