"""The database refuses to change what is written, by rights and by trigger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import pytest
from django.db import ProgrammingError, connection, transaction

from otklik.base.actor import Actor
from otklik.base.events import Event
from otklik.records.journal.actions import record
from otklik.records.journal.models import Entry

CHANGES = [
    "UPDATE {table} SET sentence = 'x'",
    "DELETE FROM {table}",
    "TRUNCATE {table}",
]


@dataclass(frozen=True, kw_only=True)
class LampLit(Event):
    subject: ClassVar[str] = "lamp"
    title: ClassVar[str] = "Лампа зажжена"


@pytest.fixture
def entry(db: None) -> Entry:
    with transaction.atomic():
        record(LampLit(subject_id=1), actor=Actor.system(), municipality_id=None)
    return Entry.objects.get(name="LampLit")


def refusal(change: str) -> str:
    with (
        pytest.raises(ProgrammingError) as caught,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change.format(table="journal_entry"))
    return str(caught.value)


@pytest.mark.parametrize("change", CHANGES)
def test_rights_refuse(entry: Entry, change: str) -> None:
    assert "permission denied" in refusal(change)
    assert Entry.objects.get(pk=entry.pk).sentence == "Лампа зажжена"


@pytest.mark.parametrize("change", CHANGES)
def test_trigger_refuses_who_has_given_himself_rights(entry: Entry, change: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("GRANT UPDATE, DELETE, TRUNCATE ON journal_entry TO CURRENT_USER")
    assert "Журнал только дополняется" in refusal(change)
    assert Entry.objects.get(pk=entry.pk).sentence == "Лампа зажжена"
