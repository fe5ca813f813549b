"""Figures of the board as tiles and columns, every one the way to its rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.casework.problems.queries import count_seen, problems_of, spikes_of
from otklik.casework.problems.vocabulary import OPEN_STATES
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.cuts.rules.growth import Change
from otklik.language.wording import number, percent, signed
from otklik.web.desk.boards import figures
from otklik.web.desk.frame import DeskRequest
from otklik.web.desk.problems.shown import spike_rows

HEIGHT = 60
STEP, BAR = 10, 7
PROBLEMS = 5


def board_of(request: DeskRequest, now: datetime) -> dict[str, Any]:
    """Everything on the board; a dozen statements."""
    access, zone = request.access, request.municipality.tz
    today = now.astimezone(zone).date()
    found = figures.current(access, now, zone)
    flow = figures.flow(access, today)
    return {
        "at": now,
        "now_tiles": _now_tiles(found, today),
        "week_tiles": _week_tiles(request, flow, today),
        "columns": columns(flow),
        "problems": _problems(request),
        "spikes": spike_rows(list(spikes_of(access, on=today, limit=4))),
        "grown": _grown(request, today),
        "late": _late(request, now),
        "whole": access.reach(Permission.ANALYTICS).everywhere,
    }


def _now_tiles(found: figures.Now, today: date) -> list[dict[str, Any]]:
    open_now = AppealFilter(open=True)
    soon = replace(
        open_now, due_since=today + timedelta(days=1), due_until=today + timedelta(days=7)
    )
    return [
        _tile("В работе", found.open, open_now),
        _tile("Просрочено", found.overdue, AppealFilter(overdue=True), "danger"),
        _tile(
            "Срок сегодня",
            found.today,
            replace(open_now, due_since=today, due_until=today),
            "warn",
        ),
        _tile("Срок на неделе", found.week, soon),
        _tile("Без исполнителя", found.unassigned, replace(open_now, no_body=True), "warn"),
    ]


def _week_tiles(request: DeskRequest, flow: figures.Flow, today: date) -> list[dict[str, Any]]:
    since = today - timedelta(days=figures.WEEK - 1)
    answered = AppealFilter(answered_since=since, answered_until=today)
    score, scored = figures.score(request.access, today)
    in_time = flow.in_time
    return [
        {
            **_tile(
                "Поступило за 7 дней", flow.received.now, AppealFilter(since=since, until=today)
            ),
            "delta": _delta(flow.received),
        },
        {**_tile("Отвечено", flow.answered.now, answered), "delta": _delta(flow.answered)},
        {
            **_tile("Ответов в срок", "—", replace(answered, in_time=True)),
            "value": percent(in_time) if in_time is not None else "мало данных",
            "delta": f"позже срока {number(flow.late)}" if flow.late else "",
        },
        {
            **_tile("Оценка за 30 дней", "—", AppealFilter(scored=True)),
            "value": number(score, 2) if score is not None else "мало данных",
            "delta": f"оценок {number(scored)}",
            "url": "",
        },
    ]


def _tile(label: str, value: Any, wanted: AppealFilter, tone: str = "") -> dict[str, Any]:
    return {
        "label": label,
        "value": number(value) if isinstance(value, int) else value,
        "url": f"{reverse('desk:appeals')}?{wanted.query()}",
        "tone": tone if value else "",
        "delta": "",
    }


def _delta(change: Change) -> str:
    return f"{signed(change.difference)} к прошлым семи" if change.difference else "без изменений"


def columns(flow: figures.Flow) -> dict[str, Any]:
    """Days as columns of a picture without scripts: what came, and a mark of what was answered."""
    most = max((max(came, went) for _, came, went in flow.days), default=0) or 1
    bars = [
        {
            "day": day,
            "came": came,
            "went": went,
            "x": STEP * place,
            "y": f"{HEIGHT * (1 - came / most):.1f}",
            "height": f"{HEIGHT * came / most:.1f}",
            "mark": f"{max(0.0, HEIGHT * (1 - went / most) - 1):.1f}",
            "weekend": day.weekday() >= 5,
        }
        for place, (day, came, went) in enumerate(flow.days)
    ]
    return {
        "bars": bars,
        "width": STEP * len(bars),
        "height": HEIGHT,
        "bar": BAR,
        "most": most,
        "first": flow.days[0][0],
        "last": flow.days[-1][0],
    }


def _problems(request: DeskRequest) -> list[Any]:
    """Open mass problems, the largest first; of those who may see cases."""
    if not request.access.may(Permission.VIEW_APPEALS):
        return []
    found = problems_of(request.access).filter(state__in=OPEN_STATES)
    rows = list(found.select_related("settlement").order_by("-cases_count", "-pk")[:PROBLEMS])
    count_seen(request.access, rows)
    return [{"problem": one, "url": reverse("desk:problem", args=[one.pk])} for one in rows]


def _grown(request: DeskRequest, today: date) -> list[dict[str, Any]]:
    since = today - timedelta(days=figures.WEEK - 1)
    return [
        {
            "name": name,
            "change": change,
            "url": f"{reverse('desk:appeals')}?"
            f"{AppealFilter(topic=topic, since=since, until=today).query()}",
        }
        for topic, name, change in figures.grown_topics(request.access, today)
    ]


def _late(request: DeskRequest, now: datetime) -> list[dict[str, Any]]:
    rows = figures.late_bodies(request.access, now)
    most = max((count for *_, count in rows), default=1)
    return [
        {
            "name": name,
            "count": count,
            "most": most,
            "url": f"{reverse('desk:appeals')}?{AppealFilter(body=body, overdue=True).query()}",
        }
        for body, name, count in rows
    ]
