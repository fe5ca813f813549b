"""`otklik person add`."""

from __future__ import annotations

import pytest

from otklik.config.cli.tests.test_main import run
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Appointment

pytestmark = pytest.mark.django_db(transaction=True)


def test_first_administrator_can_sign_in(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("preset", "apply", "ust-kubinsky") == 0
    capsys.readouterr()
    assert run("person", "add", "first@kubena.test", "Первая Анна Ильинична", "--role", "none") == 1
    assert "Есть:" in capsys.readouterr().err
    assert not Account.objects.exists()
    role = "administrator"
    assert run("person", "add", "first@kubena.test", "Первая Анна Ильинична", "--role", role) == 0
    shown = capsys.readouterr().out
    password = shown.partition("первого входа: ")[2].split()[0]
    assert Account.objects.get().check_password(password)
    assert Appointment.objects.get().role.slug == role
