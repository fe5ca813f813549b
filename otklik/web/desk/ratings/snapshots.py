"""Snapshots: the list, one of them, what was counted, making and publishing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from otklik.base import clock
from otklik.base.errors import OtklikError
from otklik.insight.ratings import actions, queries
from otklik.insight.ratings.formulas.tally import Tally
from otklik.insight.ratings.models import Snapshot
from otklik.insight.ratings.queries import Kept
from otklik.insight.ratings.vocabulary import RowSet, Subject, System
from otklik.language.wording import number, period_words
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.ratings.asking import first_crumb
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
from otklik.web.look.toasts import toast

CHANGE, SAMPLE = "К прошлому снимку", "Вопросов в расчёте"
LISTED = 60
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SnapshotForm(forms.Form):
    since = forms.DateField(label="С", widget=_DAY)
    until = forms.DateField(label="По", widget=_DAY)
    subject = forms.ChoiceField(label="Чей рейтинг", choices=Subject.choices)
    system = forms.ChoiceField(label="Система", choices=System.choices)


@desk()
def snapshots(request: DeskRequest) -> HttpResponse:
    form = SnapshotForm(request.POST or None, initial=_last_month(request))
    problem: OtklikError | None = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.make_snapshot(
                access=request.access, since=given["since"], until=given["until"],
                subject=Subject(given["subject"]), system=System(given["system"]),
            )  # fmt: skip
        except OtklikError as error:
            problem = error
        else:
            toast(request, "Снимок составлен")
            return redirect("desk:rating_snapshot", made.pk)
    found = queries.snapshots_of(request.access).defer("tallies", "places", "excluded")
    context = {
        "rows": [_listed(one) for one in found[:LISTED]],
        "form": form,
        "problem": problem,
        "may_make": any(queries.may_make(request.access, one.channel) for one in System),
        "contests_url": reverse("desk:rating_contests"),
    }
    crumbs = [first_crumb(request), ("Снимки", "")]
    return render(request, "desk/ratings/snapshots.html", context, crumbs=crumbs)


@require_GET
@desk()
def snapshot(request: DeskRequest, pk: int) -> HttpResponse:
    kept = queries.snapshot(request.access, pk)
    found, channel = kept.snapshot, System(kept.snapshot.system).channel
    before = _before(request, found)
    rows = _rows(kept, before)
    head = queries.may_head(request.access, channel)
    editions = [one for one in _visible_editions(request, found) if one.pk != found.pk]
    waiting = queries.contests_of(request.access).filter(snapshot=found)
    context = {
        "kept": kept,
        "found": found,
        "period": period_words(found.since, found.until),
        "groups": grouped(rows),
        "rows": rows,
        "own": [_own(kept, one) for one in kept.tallies] if kept.bare else [],
        "columns": columns_of(kept, "Итог", CHANGE, SAMPLE),
        "formula": kept.formula.split("\n"),
        "editions": editions,
        "later": any(one.edition > found.edition for one in editions),
        "contests": waiting,
        "may_publish": head and not found.is_published,
        "may_edit": queries.may_make(request.access, channel),
        "endings": ("docx", "pdf", "xlsx") if not kept.bare else (),
    }
    crumbs = [
        first_crumb(request),
        ("Снимки", reverse("desk:rating_snapshots")),
        (period_words(found.since, found.until), ""),
    ]
    return render(request, "desk/ratings/snapshot.html", context, crumbs=crumbs)


@require_POST
@desk()
def publication(request: DeskRequest, pk: int) -> HttpResponse:
    return _step(request, pk, "Рейтинг опубликован", actions.publish_snapshot)


@require_POST
@desk()
def edition(request: DeskRequest, pk: int) -> HttpResponse:
    return _step(request, pk, "Составлена новая редакция", actions.make_edition)


def _step(request: DeskRequest, pk: int, said: str, verb: Any) -> HttpResponse:
    try:
        made = verb(access=request.access, snapshot_id=pk)
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
        return redirect("desk:rating_snapshot", pk)
    toast(request, said)
    return redirect("desk:rating_snapshot", made.pk)


def _linker(kept: Kept, subject_id: int) -> Callable[[str], str]:
    """Addresses of what was counted, by the set of rows; empty where it is not open."""
    return _counted(kept, subject_id) if kept.opens(subject_id) else lambda _: ""


def _counted(kept: Kept, subject_id: int) -> Callable[[str], str]:
    address = reverse("desk:rating_counted", args=[kept.snapshot.pk, subject_id])
    return lambda rows: f"{address}?rows={rows}"


def _last_month(request: DeskRequest) -> dict[str, date]:
    until = clock.today(request.municipality.tz).replace(day=1) - timedelta(days=1)
    return {"since": until.replace(day=1), "until": until}


def _listed(one: Snapshot) -> dict[str, Any]:
    return {
        "one": one,
        "period": period_words(one.since, one.until),
        "url": reverse("desk:rating_snapshot", args=[one.pk]),
        "shape": "done" if one.is_published else "draft",
    }


def _visible_editions(request: DeskRequest, found: Snapshot) -> list[Snapshot]:
    ids = queries.editions_of(found).values("pk")
    return list(queries.snapshots_of(request.access).filter(pk__in=ids).order_by("edition"))


def _before(request: DeskRequest, found: Snapshot) -> dict[str, list[Any]]:
    """The outcome of the last snapshot before this one, of those this person may open whole."""
    earlier = queries.snapshots_of(request.access).filter(
        subject=found.subject, system=found.system, until__lt=found.since
    )
    if not queries.sees_whole(request.access, System(found.system).channel):
        earlier = earlier.filter(state="published")
    last = earlier.order_by("-until", "-edition").values_list("places", flat=True).first()
    return last or {}


def _rows(kept: Kept, before: dict[str, list[Any]]) -> list[dict[str, Any]]:
    shown, none = measured(kept), few()
    rows = []
    for row in kept.rows:
        url = _linker(kept, row.subject_id)
        parts = parts_of(row, shown, url)
        was = before.get(str(row.subject_id))
        known = was if row.place is not None and was and was[0] is not None else None
        sample = linked(url(RowSet.CLOSING) if row.sample else "", number(row.sample))
        rows.append(
            row_of(
                row,
                parts,
                place_cell(row, none, known[0] if known else None),
                name_cell(row, url(RowSet.ALL), "ваш орган" if row.subject_id in kept.own else ""),
                total_cell(row),
                num_cell(CHANGE, signed(row.total - known[1]) if known else NOTHING),
                num_cell(SAMPLE, sample),
            )
        )
    return rows


def _own(kept: Kept, tally: Tally) -> dict[str, Any]:
    """A body's own counts while the rating is not published."""
    counts = (
        (RowSet.ALL, tally.questions),
        (RowSet.CLOSING, tally.closing),
        (RowSet.ANSWERED, tally.answered),
        (RowSet.IN_TIME, tally.in_time),
        (RowSet.LATE, tally.closing - tally.in_time),
        (RowSet.RETURNED, tally.returned),
        (RowSet.REOPENED, tally.reopened),
        (RowSet.REPEATED, tally.repeated),
        (RowSet.SCORED, tally.scored),
    )
    url = _counted(kept, tally.subject_id)
    return {
        "name": tally.name,
        "counts": [
            {
                "label": rows.label,
                "value": value,
                "url": url(rows) if value else "",
            }
            for rows, value in counts
        ],
    }
