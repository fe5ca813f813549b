"""`otklik journal` from the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

import pytest
from django.db import connection, transaction

from otklik.base.actor import Actor
from otklik.base.events import Event
from otklik.config.cli.tests.test_main import run
from otklik.records.journal.actions import record, seal
from otklik.records.journal.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True, kw_only=True)
class ChairMoved(Event):
    subject: ClassVar[str] = "chair"
    title: ClassVar[str] = "Стул передвинут"


@pytest.fixture
def sealed() -> None:
    for number in (1, 2, 3):
        with transaction.atomic():
            record(ChairMoved(subject_id=number), actor=Actor.system(), municipality_id=None)
    assert seal(settle=timedelta(0)) == 3


@pytest.mark.usefixtures("sealed")
def test_whole_journal(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("journal", "verify") == 0
    assert "Журнал цел. Печатей: 1, записей под ними: 3" in capsys.readouterr().out


@pytest.mark.usefixtures("sealed")
def test_forged_entry_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER ALL")
        cursor.execute("GRANT UPDATE ON journal_entry TO CURRENT_USER")
        cursor.execute("UPDATE journal_entry SET sentence = 'Стул на месте' WHERE subject_id = 2")
    assert run("journal", "verify") == 1
    shown = capsys.readouterr().err
    assert "Журнал нарушен" in shown
    forged = Entry.objects.get(subject_id=2).pk
    assert f"запись {forged} изменена" in shown
    assert "Что делать: Сохраните базу" in shown
