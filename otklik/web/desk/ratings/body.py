"""One body: its results month by month, where its points come from, what would lift its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.casework.appeals.queries import visible_to
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.queries import own
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.facts.models import QuestionFact
from otklik.insight.ratings.queries import Lifting, Month, lifting, months_of
from otklik.insight.ratings.queries import rating as rated
from otklik.insight.ratings.rules.lifting import Step, Way
from otklik.insight.ratings.vocabulary import RowSet, Subject, System
from otklik.language.wording import NBSP, counted, date_words, number, percent
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.ratings.asking import asked_rating, rows_linker, system_tabs, weights_of
from otklik.web.desk.ratings.drawn import told
from otklik.web.desk.ratings.shown import parts_of, signed

SHOWN = 12
LEAST = 5
MONTH_SHORT = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
QUESTIONS = ("вопрос", "вопроса", "вопросов")


@require_GET
@desk(Permission.ANALYTICS)
def body(request: DeskRequest, pk: int) -> HttpResponse:
    asking, _ = asked_rating(request)
    wanted, now = replace(asking.wanted, settlement=None), clock.now()
    channel = System.of(wanted.channel).channel
    request.access.require(Permission.ANALYTICS, body_id=pk, channel=channel or None)
    shown = own(request.access, Body, pk)
    months = months_of(request.access, pk, today=asking.today, now=now, channel=channel)
    found = rated(request.access, wanted, now=now, settings=weights_of(request, wanted))
    row = found.row(pk)
    lift = lifting(request.access, found, pk, now=now)

    url = rows_linker(wanted, Subject.BODY, pk)
    context = {
        "body": shown,
        "row": {"rated": row, "told": told(parts_of(row, found.parts, url))} if row else None,
        "found": found,
        "peers": len(found.groups.get(row.group, [])) if row else 0,
        "wanted": wanted,
        "months": [_month(one, wanted, pk) for one in reversed(months)],
        "chart": _chart(months),
        "steps": _steps(request, lift) if lift else [],
        "systems": system_tabs(asking),
        "formula": found.formula.split("\n"),
    }
    crumbs = [("Рейтинг", f"{reverse('desk:rating')}?{wanted.query()}"), (str(shown), "")]
    return render(request, "desk/ratings/body.html", context, crumbs=crumbs)


def _month(month: Month, wanted: AppealFilter, pk: int) -> dict[str, Any]:
    tally = month.tally
    asked = AppealFilter(since=month.since, until=month.until, channel=wanted.channel)
    url = rows_linker(asked, Subject.BODY, pk)

    def cell(value: int, rows: str) -> dict[str, Any]:
        return {"value": value, "url": url(rows) if value else ""}

    return {
        "label": f"{MONTH_SHORT[month.since.month - 1]} {month.since.year}",
        "received": cell(tally.questions, RowSet.ALL),
        "answered": cell(tally.answered, RowSet.ANSWERED),
        "in_time": _share(tally.in_time, tally.closing),
        "in_time_url": url(RowSet.CLOSING) if tally.closing else "",
        "late": cell(tally.closing - tally.in_time, RowSet.LATE),
        "returned": cell(tally.returned, RowSet.RETURNED),
        "reopened": cell(tally.reopened, RowSet.REOPENED),
        "repeated": cell(tally.repeated, RowSet.REPEATED),
        "score": number(tally.score_sum / tally.scored, 1) if tally.scored >= LEAST else "",
        "scored": cell(tally.scored, RowSet.SCORED),
        "place": month.place,
        "total": month.total,
        "snapshot_url": reverse("desk:rating_snapshot", args=[month.snapshot.pk])
        if month.snapshot
        else "",
    }


def _share(count: int, of: int) -> str:
    if not of:
        return "—"
    return percent(count / of) if of >= LEAST else f"{count} из{NBSP}{of}"


def _chart(months: Sequence[Month]) -> dict[str, Any]:
    """Shares and totals as lines of 0 to 100; small months stay blank."""

    def line(name: str, values: list[float | None]) -> dict[str, Any]:
        return {"type": "line", "name": name, "data": values, "connectNulls": True}

    tallies = [month.tally for month in months]
    return {
        "legend": {"top": 0},
        "grid": {"top": 48, "bottom": 32, "left": 40, "right": 16},
        "xAxis": {
            "type": "category",
            "data": [
                f"{MONTH_SHORT[one.since.month - 1]} {one.since.year % 100}" for one in months
            ],
        },
        "yAxis": {"type": "value", "min": 0, "max": 100},
        "series": [
            line("В срок, %", [_of(t.in_time, t.closing) for t in tallies]),
            line("Без возвратов, %", [_of(t.answered - t.returned, t.answered) for t in tallies]),
            line("Оценка, 0–100", [_of(t.score_sum - t.scored, 4 * t.scored, 4) for t in tallies]),
            line(
                "Итог рейтинга",
                [None if one.total is None else round(one.total, 1) for one in months],
            ),
        ],
    }


def _of(count: int, of: int, times: int = 1) -> float | None:
    return round(100 * count / of, 1) if of >= LEAST * times else None


def _steps(request: DeskRequest, lift: Lifting) -> list[dict[str, Any]]:
    """Each step in words, with the cases it speaks of."""
    facts = [one for step in lift.steps for one in lift.questions(step)[:SHOWN]]
    cases = visible_to(request.access).filter(pk__in={one.appeal_id for one in facts})
    numbers = dict(cases.values_list("pk", "number"))
    return [
        {
            "text": _words(step, lift.until),
            "step": step,
            "outcome": _outcome(step),
            "cases": _cases(lift.questions(step), numbers),
            "more": max(0, step.count - SHOWN),
        }
        for step in lift.steps
    ]


def _words(step: Step, until: datetime) -> str:
    day = date_words(until.date(), year=False)
    if step.way == Way.LATE:
        return f"Ответить на просроченные: {counted(step.count, QUESTIONS)}"
    some = counted(step.count, QUESTIONS)
    of = f" из{NBSP}{step.of}" if step.count < step.of else ""
    near = f"срок {'которого' if step.of == 1 else 'которых'} истекает до {day}"
    if step.way == Way.MISS:
        return f"Не ответить в срок на {some}, {near}"
    return f"Ответить сейчас на {some}{of}, {near}"


def _outcome(step: Step) -> str:
    points = signed(step.gain)
    if step.place is None:
        return f"{points} балла, места ещё нет"
    if step.was is None:
        return f"{points} балла, место {step.place}"
    if step.place == step.was:
        return f"{points} балла, место прежнее — {step.place}"
    return f"{points} балла, место {step.place} (сейчас {step.was})"


def _cases(facts: Sequence[QuestionFact], numbers: dict[int, str]) -> list[dict[str, Any]]:
    return [
        {"pk": one.appeal_id, "number": numbers.get(one.appeal_id, ""), "due_at": one.due_at}
        for one in facts[:SHOWN]
    ]
