"""The command that fills a demo, and its last day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner

from otklik.casework.appeals.models import Appeal
from otklik.config.cli.demo import demo
from otklik.config.demo.fill import last_whole_day


@pytest.mark.django_db
def test_command_fills_once() -> None:
    first = CliRunner().invoke(demo, ["--appeals", "20", "--until", "2026-11-20"])
    assert first.exit_code == 0, first.output
    assert "Заозёрский муниципальный округ, обращений\u00a0— 20" in first.output
    again = CliRunner().invoke(demo, ["--appeals", "20"])
    assert "уже здесь" in again.output
    assert Appeal.objects.count() == 20


def test_nothing_of_the_demo_lies_ahead_of_the_clock() -> None:
    noon, evening = datetime(2026, 11, 21, 9, tzinfo=UTC), datetime(2026, 11, 21, 15, tzinfo=UTC)
    assert last_whole_day(noon) == date(2026, 11, 20)
    assert last_whole_day(evening) == date(2026, 11, 21)
