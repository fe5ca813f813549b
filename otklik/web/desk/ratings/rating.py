"""The rating, every figure open to the end."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.cuts.queries import before_filter
from otklik.insight.ratings.formulas.tally import Rated
from otklik.insight.ratings.queries import Rating
from otklik.insight.ratings.queries import rating as rated
from otklik.insight.ratings.vocabulary import RowSet, Subject
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.insight.asking import Asked
from otklik.web.desk.ratings.asking import (
    COMPARED_DAYS,
    RatingForm,
    asked_rating,
    rows_url,
    subject_tabs,
    system_tabs,
)
from otklik.web.desk.ratings.shown import columns_of, measured, parts_of, signed


@require_GET
@desk(Permission.ANALYTICS)
def rating(request: DeskRequest) -> HttpResponse:
    asking, subject = asked_rating(request)
    now = clock.now()
    found = rated(request.access, asking.wanted, now=now, subject=subject)
    compares = request.GET.get("compare") == "1" or _days(asking) <= COMPARED_DAYS
    before = _before(request, found, subject) if compares else {}
    rows = [_row(found, row, before) for row in found.rows]
    context = {
        **asking.context(RatingForm(request, asking.wanted.pairs())),
        "rows": rows,
        "groups": _groups(rows),
        "columns": columns_of(found, "Итог", "К прошлому периоду", "Вопросов в расчёте"),
        "found": found,
        "formula": found.formula.split("\n"),
        "subjects": subject_tabs(asking, subject),
        "systems": system_tabs(asking),
        "compare_url": "" if compares else f"?{asking.query(compare='1')}",
        "file_query": asking.query(),
        "endings": ("docx", "pdf", "xlsx"),
        "may_set": request.access.may(Permission.SET_UP),
    }
    return render(request, "desk/ratings/rating.html", context)


def _days(asking: Asked) -> int:
    since, until = asking.wanted.since, asking.wanted.until
    assert isinstance(since, date)
    assert isinstance(until, date)
    return (until - since).days + 1


def _before(request: DeskRequest, found: Rating, subject: Subject) -> dict[int, float]:
    earlier = before_filter(found.filter)
    if earlier is None:
        return {}
    rows = rated(
        request.access, earlier, now=clock.now(), subject=subject, settings=found.settings
    ).rows
    return {row.subject_id: row.total for row in rows if row.place is not None}


def _row(found: Rating, row: Rated, before: dict[int, float]) -> dict[str, Any]:
    tally = found.tally(row.subject_id)
    assert tally is not None
    answered, late = tally.answered, row.sample - tally.answered

    def url(rows: str) -> str:
        return rows_url(found.filter, found.subject, row.subject_id, rows)

    known = row.place is not None and row.subject_id in before
    return {
        "rated": row,
        "url": _page_of(found, row),
        "answered": answered,
        "sample_url": url(RowSet.CLOSING) if row.sample else "",
        "answered_url": url(RowSet.ANSWERED),
        "overdue": late,
        "overdue_url": url(RowSet.UNANSWERED),
        "parts": parts_of(row, measured(found), url),
        "change": signed(row.total - before[row.subject_id]) if known else "",
    }


def _page_of(found: Rating, row: Rated) -> str:
    """A body has a page of its own; of others all their questions are shown."""
    if found.subject == Subject.BODY:
        return reverse("desk:rating_body", args=[row.subject_id])
    return rows_url(found.filter, found.subject, row.subject_id, RowSet.ALL)


def _groups(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["rated"].group, []).append(row)
    unnamed = "Без группы" if len(found) > 1 else "Места"
    return [{"name": name or unnamed, "rows": ones} for name, ones in found.items()]
