"""The rating of bodies, every figure open to the end."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.cuts.queries import before_filter
from otklik.insight.ratings.formulas.tally import Figure, Part, Rated
from otklik.insight.ratings.formulas.wording import figure_text
from otklik.insight.ratings.queries import Rating
from otklik.insight.ratings.queries import rating as rated
from otklik.insight.ratings.vocabulary import PartName
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.insight.asking import FilterForm, asked, list_url, questions_url


class RatingForm(FilterForm):
    """A rating is of bodies over all their cases: only the period, the channel, the topic."""

    def __init__(self, request: DeskRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        for name in ("body", "overdue"):
            del self.fields[name]


@require_GET
@desk(Permission.ANALYTICS)
def rating(request: DeskRequest) -> HttpResponse:
    asking = asked(request)
    now = clock.now()
    found = rated(request.access, asking.wanted, now=now)
    earlier = before_filter(asking.wanted)
    before = rated(request.access, earlier, now=now).rows if earlier else []
    totals = {row.body_id: row.total for row in before if row.place is not None}
    form = RatingForm(request, asking.wanted.pairs())
    context = {
        **asking.context(form),
        "rows": [_row(found, row, totals) for row in found.rows],
        "columns": _columns(found),
        "formula": found.formula.split("\n"),
        "minimum": found.settings.minimum,
    }
    return render(request, "desk/insight/rating.html", context)


def _columns(found: Rating) -> list[dict[str, Any]]:
    parts = [
        {
            "label": f"{part.label.capitalize()}, {100 * found.settings.weight(part):.0f}\u00a0%",
            "num": True,
        }
        for part in PartName
    ]
    return [
        {"label": "Место", "min": True},
        {"label": "Исполнитель"},
        *parts,
        {"label": "Вопросов в расчёте", "num": True},
        {"label": "Итог", "num": True},
        {"label": "К прошлому периоду", "num": True},
    ]


def _row(found: Rating, row: Rated, before: dict[int, float]) -> dict[str, Any]:
    place = row.place is not None
    cases = found.cases(row)
    answered = int(row.parts[0].figures[0].count)
    return {
        "rated": row,
        "url": list_url(cases),
        "answered": answered,
        "sample_url": questions_url(replace(cases, closing=True)) if row.sample else "",
        "answered_url": questions_url(replace(cases, status="answered")),
        "overdue": row.sample - answered,
        "overdue_url": questions_url(replace(cases, overdue=True)),
        "parts": [_part(found, row, part) for part in row.parts],
        "change": row.total - before[row.body_id] if place and row.body_id in before else None,
    }


def _part(found: Rating, row: Rated, part: Part) -> dict[str, Any]:
    figures = [
        {"text": figure_text(figure), "url": _figure_url(found, row, figure)}
        for figure in part.figures
    ]
    return {"part": part, "figures": figures, "url": figures[0]["url"] if figures else ""}


def _figure_url(found: Rating, row: Rated, figure: Figure) -> str:
    """The questions the figure is taken of; nowhere when there are none."""
    return questions_url(found.cases(row, figure), figure.rows) if figure.of else ""
