"""What the proposals say: sentences from numbers, and nothing when there is nothing to say."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from otklik.insight.workload.rules.forecast import Forecast, foretell
from otklik.insight.workload.rules.level import Load, total
from otklik.insight.workload.rules.paper import Line, Proposal, sections

SINCE, UNTIL = date(2026, 1, 5), date(2026, 3, 1)


def line(name: str, block: str = "", **load: Any) -> Line:
    return Line(name, Load(**{"weeks": 8, **load}), frozenset({block} if block else ()))


def told(
    *bodies: Line, forecast: Forecast | None = None, **more: Any
) -> dict[str, tuple[str, ...]]:
    found = Proposal(
        since=SINCE,
        until=UNTIL,
        total=total((one.load for one in bodies), 8),
        blocks=(),
        bodies=bodies,
        forecast=forecast or Forecast(()),
        **{"expected": None, "normed": True, **more},
    )
    return {one.key: one.lines for one in sections(found) if one is not None}


BUSY = line("Отдел дорог", "Город", given=100, effort=280.0, hours=160.0, people=1.0, waiting=12)
IDLE = line("Теплосеть", "Город", given=40, effort=80.0, hours=320.0, people=2.0)
CALM = line("Отдел спорта", given=40, effort=80.0, hours=100.0, people=1.0)
EMPTY = line("Водоканал", given=30, waiting=7, effort=60.0)


@pytest.mark.clause("tuapse:2.4.6")
def test_too_much_work_asks_for_people_or_for_the_neighbours_hands() -> None:
    alone = told(BUSY)["proposals"]
    assert "добавить 1\u00a0сотрудника" in alone[0]
    assert "175\u00a0%" in alone[0]
    shared = told(BUSY, IDLE)["proposals"]
    assert "передать часть поручений" in shared[0]
    assert "Теплосеть" in shared[0]
    assert len(shared) == 1


def test_work_without_hands_and_a_long_queue_are_told() -> None:
    assert "назначить сотрудника" in told(EMPTY)["proposals"][0]
    stuck = line("Архив", given=50, effort=90.0, hours=100.0, people=1.0, queue=70.0, waiting=30,
                 overdue=4)  # fmt: skip
    said = told(stuck)["proposals"]
    assert "разобрать задел" in said[0]
    assert "просрочено 4" in said[0]


def test_calm_work_proposes_nothing() -> None:
    said = told(CALM)
    assert said["proposals"] == ("Оснований менять структуру и состав центра по этим данным нет.",)
    assert "forecast" not in said
    assert not any("Перегружены" in one for one in said["state"])


def test_missing_norms_and_vacant_roles_are_named() -> None:
    said = told(CALM, normed=False, vacant=["Куратор"])["proposals"]
    assert said[0] == "Назначить сотрудников на роли, которые никто не исполняет: «Куратор»."
    assert "нормы времени" in said[-1]


def test_the_forecast_tells_its_error() -> None:
    counts = {UNTIL - timedelta(days=n): 4 for n in range(7 * 30)}
    first = min(counts)
    coming = foretell(
        counts, today=UNTIL + timedelta(days=1), first=first, working=lambda day: True
    )
    said = told(CALM, forecast=coming, expected=1.4)
    assert "ожидается 112" in said["forecast"][0]
    assert "ошибались в среднем на" in said["forecast"][1]
    assert "перегрузка" in said["forecast"][2]
    assert any("помощь на время роста" in one for one in said["proposals"])
