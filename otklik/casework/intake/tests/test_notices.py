"""Staff are told what waits for them, once, and nobody else is."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.base import clock
from otklik.casework.appeals.actions import NewAppeal
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.intake.actions import take
from otklik.casework.intake.jobs import tell_unassigned
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Appointment, Municipality, Role, RoleGrant
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.exchange.notifications.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief(municipality: Municipality) -> Account:
    account = Account.objects.create_user("chief@mail.test", "Орлова Вера Ильинична")
    role = Role.objects.create(municipality=municipality, slug="chief", label="Руководитель")
    for permission in (Permission.ASSIGN, Permission.CONTROL):
        RoleGrant.objects.create(role=role, permission=permission, scope=Scope.MUNICIPALITY)
    Appointment.objects.create(account=account, role=role, since=date(2020, 1, 1))
    Account.objects.create_user("other@mail.test", "Белов Олег Петрович")
    return account


@pytest.fixture
def appeal(municipality: Municipality) -> Appeal:
    new = NewAppeal(
        regime=Regime.PORTAL,
        channel=Channel.PORTAL,
        text="У школы не горят фонари.",
        received_at=clock.now(),
    )
    return take(access=Access.system(municipality.pk), new=new)


def test_those_who_assign_hear_of_a_case_without_executor_once(
    chief: Account, appeal: Appeal
) -> None:
    tell_unassigned(appeal_id=appeal.pk)
    with CaptureQueriesContext(
        connection,
    ) as again:
        tell_unassigned(appeal_id=appeal.pk)
    assert len(again) <= 14
    notice = Notice.objects.get()
    assert (notice.account, notice.case_id) == (chief, appeal.pk)
    assert notice.url == f"/desk/appeals/{appeal.pk}/"
    assert "фонари" not in notice.text
