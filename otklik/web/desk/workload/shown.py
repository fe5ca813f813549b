"""Loads as the page shows them: figures with links to their rows, the level in words and shape."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from otklik.insight.workload.queries import Ahead, BlockLoad, BodyLoad, PersonLoad
from otklik.insight.workload.rules.level import Load
from otklik.insight.workload.vocabulary import Level
from otklik.language.wording import number, percent

SHAPES = {
    Level.OVER: "danger",
    Level.FULL: "done",
    Level.SPARE: "work",
    Level.FEW: "off",
    Level.NOBODY: "warn",
}
PAST_SHOWN = 26


def rows_url(what: str, **whose: Any) -> str:
    """The list of as many rows as the number says."""
    kept = {name: value for name, value in whose.items() if value not in (None, "")}
    return f"{reverse('desk:workload_rows')}?{urlencode({'what': what, **kept})}"


def line(name: str, load: Load, *, url: str = "", hint: str = "", **whose: Any) -> dict[str, Any]:
    """One row of a table of levels."""
    return {
        "name": name,
        "hint": hint,
        "url": url,
        "load": load,
        "a_week": _figure(load.a_week),
        "done_a_week": _figure(load.done_a_week),
        "hours_a_week": number(load.hours / load.weeks),
        "queue": "—" if load.queue_weeks is None else number(load.queue_weeks, 1),
        "overdue_tone": "danger" if load.overdue else "",
        "shape": SHAPES[load.level],
        "share_text": percent(load.share) if load.share is not None and not load.few else "—",
        "tone": {"danger": "danger", "warn": "warn"}.get(SHAPES[load.level], ""),
        "told": load.share is not None and load.level != Level.FEW,
        "given_url": rows_url("given", **whose),
        "done_url": rows_url("done", **whose),
        "waiting_url": rows_url("waiting", **whose),
        "overdue_url": rows_url("overdue", **whose),
    }


def _figure(value: float) -> str:
    return number(value, 0 if value >= 20 else 1)


def block_line(one: BlockLoad) -> dict[str, Any]:
    hint = f"без органов, доступных не вам: {one.hidden}" if one.hidden else ""
    url = f"{reverse('desk:workload')}?block={one.pk}"
    return line(one.name, one.load, url=url, hint=hint, block=one.pk)


def body_line(one: BodyLoad) -> dict[str, Any]:
    url = f"{reverse('desk:workload')}?body={one.pk}"
    hint = "только ваша работа" if one.own_only else ""
    return line(one.name, one.load, url=url, hint=hint, body=one.pk)


def person_line(body: BodyLoad, one: PersonLoad) -> dict[str, Any]:
    shared = one.load.given - one.named.given
    hint = f"из них по имени {one.named.given}" if shared else ""
    return {
        **line(one.name, one.load, hint=hint, body=body.pk, person=one.account_id),
        "mixed": bool(shared),
    }


def chart(coming: Ahead, **whose: Any) -> dict[str, Any]:
    """Weeks behind as columns, four ahead as a line within its bounds."""
    past, weeks = coming.forecast.past[-PAST_SHOWN:], coming.forecast.weeks
    labels = [f"{since:%d.%m}" for since, _ in past] + [f"{one.since:%d.%m}" for one in weeks]
    bars = [{"value": count, "url": _week_url(since, whose)} for since, count in past]
    gap: list[Any] = [None] * len(past)
    series: list[dict[str, Any]] = [{"type": "bar", "name": "Дано", "data": bars}]
    if weeks:
        low = [*gap, *(round(one.low) for one in weeks)]
        spread = [*gap, *(round(one.high) - round(one.low) for one in weeks)]
        calm = {"lineStyle": {"opacity": 0}, "symbol": "none", "stack": "bounds"}
        series += [
            {"type": "line", "name": "Нижняя граница", "data": low, **calm},
            {
                "type": "line",
                "name": "Разброс прогноза",
                "data": spread,
                "areaStyle": {"opacity": 0.18},
                **calm,
            },
            {
                "type": "line",
                "name": "Ожидается",
                "data": [*gap, *(round(one.expected) for one in weeks)],
                "lineStyle": {"type": "dashed"},
            },
        ]
    return {
        "option": {
            "xAxis": {"type": "category", "data": labels},
            "yAxis": {"type": "value"},
            "series": series,
        },
        "past": past,
        "weeks": weeks,
    }


def _week_url(since: Any, whose: dict[str, Any]) -> str:
    return rows_url("given", week=since, **whose)
