"""A copy brings back database, attachments and key; a spoilt one changes nothing."""

from __future__ import annotations

import tarfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from otklik.base.actor import Actor
from otklik.base.errors import OtklikError, Refused
from otklik.base.events import Event
from otklik.config.backup.archive import verified
from otklik.config.backup.making import make
from otklik.config.backup.restoring import restore
from otklik.records.journal.actions import record, seal
from otklik.records.journal.models import Entry
from otklik.records.journal.queries import verify

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True, kw_only=True)
class PaperFiled(Event):
    subject: ClassVar[str] = "paper"
    title: ClassVar[str] = "Бумага подшита"


@pytest.fixture
def house(tmp_path: Path, settings: Settings) -> Path:
    """An installation with one attachment, a key and a journal of three entries."""
    settings.DATA_DIR = tmp_path / "data"
    settings.ATTACHMENTS_DIR = settings.DATA_DIR / "attachments"
    blob: Path = settings.ATTACHMENTS_DIR / "ab" / "cd" / "abcd"
    blob.parent.mkdir(parents=True)
    blob.write_bytes(b"scan")
    (settings.DATA_DIR / "secret.key").write_text("k" * 50)
    for number in (1, 2, 3):
        file_paper(number)
    return blob


def file_paper(number: int) -> None:
    with transaction.atomic():
        record(PaperFiled(subject_id=number), actor=Actor.system(), municipality_id=None)


def test_restored_house_is_the_one_that_was_copied(house: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.tar"
    manifest = make(copy, now=NOW)
    assert set(manifest.files) == {"database.dump", "secret.key", "attachments/ab/cd/abcd"}
    assert copy.stat().st_mode & 0o077 == 0, "personal data are for the owner's eyes"
    house.unlink()
    file_paper(4)

    restore(copy, force=True, now=NOW)

    assert house.read_bytes() == b"scan"
    assert list(Entry.objects.order_by("id").values_list("subject_id", flat=True)) == [1, 2, 3]
    with pytest.raises(Exception, match=r"только дополняется|permission denied"):
        Entry.objects.update(sentence="подделка")
    seal()
    assert verify().whole


def test_full_database_is_not_replaced_without_a_word(house: Path, tmp_path: Path) -> None:
    make(tmp_path / "copy.tar", now=NOW)
    with pytest.raises(Refused, match="не пуста") as told:
        restore(tmp_path / "copy.tar", force=False, now=NOW)
    assert "--force" in told.value.mend
    assert Entry.objects.count() == 3


def test_forced_restore_keeps_the_former_database(house: Path, tmp_path: Path) -> None:
    make(tmp_path / "copy.tar", now=NOW)
    restore(tmp_path / "copy.tar", force=True, now=NOW.replace(minute=30))
    with connection.cursor() as cursor:
        name = f"{connection.settings_dict['NAME']}_before_20260301_123000"
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname = %s", [name])
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("place", ["attachments/ab/cd/abcd", "database.dump"])
def test_spoilt_copy_is_named_and_changes_nothing(house: Path, tmp_path: Path, place: str) -> None:
    copy = tmp_path / "copy.tar"
    make(copy, now=NOW)
    with tarfile.open(copy) as tar:
        at = tar.getmember(place).offset_data
    content = bytearray(copy.read_bytes())
    content[at] ^= 1
    copy.write_bytes(content)
    with pytest.raises(OtklikError, match=f"контрольная сумма «{place}»"):
        restore(copy, force=True, now=NOW)
    assert Entry.objects.count() == 3


def test_cut_copy_is_refused(house: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.tar"
    make(copy, now=NOW)
    copy.write_bytes(copy.read_bytes()[: copy.stat().st_size // 2])
    with pytest.raises(OtklikError, match="обрезан"):
        verified(copy)


def test_strange_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "copy.tar").write_text("это не копия")
    with pytest.raises(OtklikError, match="не копия Отклика"):
        verified(tmp_path / "copy.tar")
