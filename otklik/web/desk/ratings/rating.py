"""The rating, every figure open to the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.cuts.queries import before_filter
from otklik.insight.ratings.formulas.tally import Rated
from otklik.insight.ratings.queries import Rating, groups_of_bodies
from otklik.insight.ratings.queries import rating as rated
from otklik.insight.ratings.vocabulary import RowSet, Subject
from otklik.language.wording import number
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.insight.asking import Asked
from otklik.web.desk.ratings.asking import (
    COMPARED_DAYS,
    RatingForm,
    asked_rating,
    rows_linker,
    subject_tabs,
    system_tabs,
    weights_of,
)
from otklik.web.desk.ratings.drawn import (
    NOTHING,
    few,
    grouped,
    linked,
    name_cell,
    num_cell,
    place_cell,
    row_of,
    total_cell,
)
from otklik.web.desk.ratings.shown import columns_of, measured, parts_of, signed

CHANGE, SAMPLE = "К прошлому периоду", "Вопросов в расчёте"
ANYBODY = 0


@require_GET
@desk(Permission.ANALYTICS)
def rating(request: DeskRequest) -> HttpResponse:
    asking, subject = asked_rating(request)
    now = clock.now()
    groups = groups_of_bodies(request.municipality.pk)
    found = rated(
        request.access,
        asking.wanted,
        now=now,
        subject=subject,
        settings=weights_of(request, asking.wanted),
        groups=groups,
    )
    compares = request.GET.get("compare") == "1" or _days(asking) <= COMPARED_DAYS
    before = _before(request, found, groups) if compares else {}
    rows = _rows(found, before)
    context = {
        **asking.context(RatingForm(request, asking.wanted.pairs())),
        "groups": grouped(rows),
        "rows": rows,
        "columns": columns_of(found, "Итог", CHANGE, SAMPLE),
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


def _before(request: DeskRequest, found: Rating, groups: Mapping[int, str]) -> dict[int, float]:
    """Totals of the period before, by the settings and the groups of now."""
    earlier = before_filter(found.filter)
    if earlier is None:
        return {}
    rows = rated(
        request.access,
        earlier,
        now=clock.now(),
        subject=found.subject,
        settings=found.settings,
        groups=groups,
    ).rows
    return {row.subject_id: row.total for row in rows if row.place is not None}


def _rows(found: Rating, before: Mapping[int, float]) -> list[dict[str, Any]]:
    tallies = {one.subject_id: one for one in found.tallies}
    shown, none, page = measured(found), few(), _pages_of(found.subject)
    rows = []
    for row in found.rows:
        url = rows_linker(found.filter, found.subject, row.subject_id)
        parts = parts_of(row, shown, url)
        known = row.place is not None and row.subject_id in before
        rows.append(
            row_of(
                row,
                parts,
                place_cell(row, none),
                name_cell(row, page(row.subject_id) if page else url(RowSet.ALL)),
                total_cell(row),
                num_cell(CHANGE, signed(row.total - before[row.subject_id]) if known else NOTHING),
                num_cell(SAMPLE, _sample(row, tallies[row.subject_id].answered, url)),
            )
        )
    return rows


def _sample(row: Rated, answered: int, url: Callable[[str], str]) -> str:
    """Questions the body is judged by, of them answered and past their term."""
    counts = (
        ("ответов", answered, RowSet.ANSWERED),
        ("просрочено", row.sample - answered, RowSet.UNANSWERED),
    )
    whole = linked(url(RowSet.CLOSING), number(row.sample)) if row.sample else "0"
    under = ", ".join(
        f"{label} {linked(url(rows), number(count))}" for label, count, rows in counts if count
    )
    return f'{whole}<div class="cell-sub told">{under}</div>'


def _pages_of(subject: Subject) -> Callable[[int], str] | None:
    """A body has a page of its own; of others all their questions are shown."""
    if subject != Subject.BODY:
        return None
    before, _, after = reverse("desk:rating_body", args=[ANYBODY]).rpartition(str(ANYBODY))
    return lambda pk: f"{before}{pk}{after}"
