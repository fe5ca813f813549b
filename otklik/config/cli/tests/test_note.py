"""`otklik note` as people and scripts call it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from otklik.base import clock
from otklik.base.errors import NotFound, Refused
from otklik.config.cli.note import note
from otklik.insight.facts.tests.world import NOW, District, build
from otklik.insight.reports.models import Note

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> District:
    found = build()
    for day in range(5):
        found.register(NOW - timedelta(days=3 + day), topic=found.topics[0])
    return found


def call(*arguments: object) -> Result:
    with clock.frozen(NOW):
        return CliRunner().invoke(note, [str(argument) for argument in arguments])


def test_the_last_week_with_data_is_taken_before_any_worker_ran(
    district: District, tmp_path: Path
) -> None:
    result = call("--out", tmp_path / "записки")
    assert result.exit_code == 0, result.exception
    paths = [Path(line) for line in result.output.splitlines()]
    assert [path.suffix for path in paths] == [".docx", ".pdf"]
    assert all(path.exists() for path in paths)
    made = Note.objects.get()
    assert (made.since.isoformat(), made.until.isoformat()) == ("2026-02-23", "2026-03-01")
    text = "\n".join(p.text for p in docx.Document(str(paths[0])).paragraphs)
    assert "Поступило\u00a0" in text or "Поступило 5" in text.replace("\u00a0", " ")


def test_a_period_and_a_format_are_chosen(district: District, tmp_path: Path) -> None:
    result = call(
        "--from", "23.02.2026", "--to", "2026-02-25", "--format", "pdf", "--out", tmp_path
    )
    assert result.exit_code == 0, result.exception
    assert [path.suffix for path in tmp_path.iterdir()] == [".pdf"]
    assert Note.objects.get().since.isoformat() == "2026-02-23"


@pytest.mark.parametrize(
    ("arguments", "mend"),
    [
        (("--from", "23.02.2026"), "--from и --to вместе"),
        (("--format", "odt"), "docx,pdf"),
        (("--until", "01.01.2027"), "прошедшие дни"),
    ],
)
def test_wrong_arguments_say_the_mend(
    district: District, tmp_path: Path, arguments: tuple[str, ...], mend: str
) -> None:
    error = call(*arguments, "--out", tmp_path).exception
    assert isinstance(error, Refused)
    assert mend in error.mend


def test_a_wrong_date_is_a_usage_error(district: District) -> None:
    result = call("--until", "завтра")
    assert result.exit_code == 2
    assert "это не дата" in result.output


def test_without_a_municipality_the_way_is_shown(tmp_path: Path) -> None:
    error = call("--out", tmp_path).exception
    assert isinstance(error, NotFound)
    assert "preset apply" in error.mend
