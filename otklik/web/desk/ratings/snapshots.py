"""Snapshots: the list, one of them, what was counted, making and publishing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from otklik.base import clock
from otklik.base.errors import OtklikError
from otklik.insight.ratings import actions, queries
from otklik.insight.ratings.formulas.tally import Rated, Tally
from otklik.insight.ratings.models import Snapshot
from otklik.insight.ratings.queries import Kept
from otklik.insight.ratings.vocabulary import RowSet, Subject, System
from otklik.language.wording import period_words
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.ratings.asking import first_crumb
from otklik.web.desk.ratings.shown import columns_of, measured, parts_of, signed
from otklik.web.look.toasts import toast

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
    rows = [_row(kept, row, before) for row in kept.rows]
    head = queries.may_head(request.access, channel)
    editions = [one for one in _visible_editions(request, found) if one.pk != found.pk]
    waiting = queries.contests_of(request.access).filter(snapshot=found)
    context = {
        "kept": kept,
        "found": found,
        "period": period_words(found.since, found.until),
        "groups": _groups(rows),
        "rows": rows,
        "own": [_own(kept, one) for one in kept.tallies] if kept.bare else [],
        "columns": columns_of(kept, "Итог", "К прошлому снимку", "Вопросов в расчёте"),
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


def counted_url(found: Snapshot, subject_id: int, rows: str) -> str:
    address = reverse("desk:rating_counted", args=[found.pk, subject_id])
    return f"{address}?{urlencode({'rows': rows})}"


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


def _row(kept: Kept, row: Rated, before: dict[str, list[Any]]) -> dict[str, Any]:
    opens = kept.opens(row.subject_id)

    def url(rows: str) -> str:
        return counted_url(kept.snapshot, row.subject_id, rows) if opens else ""

    was = before.get(str(row.subject_id))
    known = row.place is not None and was and was[0] is not None
    return {
        "rated": row,
        "url": url(RowSet.ALL),
        "sample_url": url(RowSet.CLOSING) if row.sample else "",
        "parts": parts_of(row, measured(kept), url),
        "change": signed(row.total - was[1]) if known and was else "",
        "was": was[0] if known and was else None,
        "own": row.subject_id in kept.own,
    }


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
    return {
        "name": tally.name,
        "counts": [
            {
                "label": rows.label,
                "value": value,
                "url": counted_url(kept.snapshot, tally.subject_id, rows) if value else "",
            }
            for rows, value in counts
        ],
    }


def _groups(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["rated"].group, []).append(row)
    unnamed = "Без группы" if len(found) > 1 else "Места"
    return [{"name": name or unnamed, "rows": ones} for name, ones in found.items()]
