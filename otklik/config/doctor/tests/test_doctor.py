"""The examination says what is wrong and how to mend it."""

from __future__ import annotations

import pytest
from django.db import connection
from pytest_django import Settings

from otklik.config.doctor import database, doors, examine, machine
from otklik.config.doctor.check import State
from otklik.directory.organisation.models import Municipality
from otklik.exchange.signin.models import ExternalDoor


@pytest.mark.django_db
def test_every_fault_names_its_mend() -> None:
    findings = list(examine())
    assert len(findings) == len(machine.CHECKS) + len(database.CHECKS) + 2
    assert all(finding.mend for finding in findings if finding.state is not State.GOOD)
    texts = {finding.text: finding.state for finding in findings}
    assert texts["База соответствует программе"] is State.GOOD
    assert texts["Журнал закрыт для правки"] is State.GOOD


@pytest.mark.django_db
def test_tests_database_is_seen_as_unsafe() -> None:
    assert database.durability().state is State.BAD


@pytest.mark.django_db
def test_missing_migration_is_seen() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    finding = database.migrations()
    assert finding.state is State.BAD
    assert finding.mend == "otklik migrate"


@pytest.mark.django_db
def test_unprotected_journal_is_seen() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_append_only")
    assert database.journal_rights().state is State.BAD


@pytest.mark.django_db
def test_missing_partition_of_next_year_is_seen() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE crowd (at date) PARTITION BY RANGE (at)")
        cursor.execute(
            "CREATE TABLE crowd_2020 PARTITION OF crowd"
            " FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')"
        )
    finding = database.partitions()
    assert finding.state is State.BAD
    assert "crowd" in finding.text


def test_debug_is_a_fault(settings: Settings) -> None:
    settings.DEBUG = True
    assert machine.debug_off().state is State.BAD


def test_short_key_is_a_fault(settings: Settings) -> None:
    settings.SECRET_KEY = "12345"
    finding = machine.secret_key()
    assert finding.state is State.BAD
    assert "OTKLIK_SECRET_KEY" in finding.mend


@pytest.mark.django_db
def test_a_door_that_lets_nobody_in_is_seen(settings: Settings) -> None:
    place = Municipality.objects.create(
        slug="z", name="Округ", short_name="Округ", kind="municipal_okrug", region="Край"
    )
    shared = {"municipality": place, "address": "https://id.test", "client_id": "x"}
    ExternalDoor.objects.create(kind="oidc", key="z-oidc", title="Домен", enabled=True, **shared)
    ExternalDoor.objects.create(kind="esia", key="z-esia", title="ЕСИА", **shared)
    settings.ESIA = {}
    (told,) = doors.examine()
    assert (told.state, "Домен" in told.text) == (State.BAD, True)
    assert "секрет" in told.mend
    ExternalDoor.objects.update(enabled=True)
    found = [one for one in doors.examine() if "ЕСИА" in one.text]
    assert any("OTKLIK_ESIA_KEY" in one.mend for one in found)
    assert any("OTKLIK_ESIA_TRUST" in one.mend for one in found)
