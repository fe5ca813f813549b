"""`otklik person`: add, block, unblock."""

from __future__ import annotations

from pathlib import Path

import pytest

from otklik.config.cli.tests.test_main import run
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Appointment
from otklik.records.journal.models import Entry

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
    entry = Entry.objects.get(name="PersonAdded")
    assert (entry.subject_id, entry.actor_label) == (Account.objects.get().pk, "Командная строка")


def test_a_wrong_address_makes_no_account(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("preset", "apply", "ust-kubinsky") == 0
    add = ("person", "add", "not-an-address", "Первая Анна Ильинична", "--role", "administrator")
    assert run(*add) == 1
    assert "не адрес почты" in capsys.readouterr().err
    assert not Account.objects.exists()


def test_a_person_is_blocked_and_let_in_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("preset", "apply", "ust-kubinsky") == 0
    add = ("person", "add", "first@kubena.test", "Первая Анна Ильинична", "--role", "administrator")
    assert run(*add) == 0
    assert run("person", "block", "no@kubena.test", "--reason", "уволилась") == 1
    assert "no@kubena.test" in capsys.readouterr().err
    assert run("person", "block", "FIRST@kubena.test", "--reason", "уволилась") == 0
    assert "вход отключён" in capsys.readouterr().out
    assert not Account.objects.get().is_active
    assert run(*add) == 1, "a blocked person is appointed to nothing"
    assert "otklik person unblock" in capsys.readouterr().err
    assert run("person", "block", "first@kubena.test", "--reason", "ещё раз") == 1
    assert run("person", "unblock", "first@kubena.test") == 0
    assert Account.objects.get().is_active
    assert run("person", "unblock", "first@kubena.test") == 1
    told = Entry.objects.filter(subject="account").order_by("pk").values_list("sentence", flat=True)
    assert list(told) == [
        "Заведена учётная запись: Первая Анна Ильинична",
        "Вход отключён: Первая Анна Ильинична (уволилась)",
        "Вход включён: Первая Анна Ильинична",
    ]


def test_staff_come_from_a_table(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run("preset", "apply", "ust-kubinsky") == 0
    table = tmp_path / "people.csv"
    table.write_text(
        "ФИО;Роли;E-mail\n"
        "Первая Анна Ильинична;administrator;first@kubena.test\n"
        "Второй Олег Ильич;none;second@kubena.test\n"
    )
    capsys.readouterr()
    assert run("person", "import", str(table), "--check") == 0
    assert not Account.objects.exists()
    capsys.readouterr()
    assert run("person", "import", str(table)) == 0
    shown = capsys.readouterr()
    assert "Строка 3: Роли «none» нет." in shown.err
    assert "Назначений добавлено — 1, уже было — 0, строк с ошибками — 1." in shown.out
    password = shown.out.partition("первого входа ")[2].split()[0]
    assert Account.objects.get().check_password(password)
