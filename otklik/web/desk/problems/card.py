"""The page of a problem: where, since when, why, which cases; what a person may do with it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.urls import reverse

from otklik.casework.appeals.vocabulary import Result
from otklik.casework.problems import queries
from otklik.casework.problems.models import Problem
from otklik.casework.problems.vocabulary import CaseState, ProblemState
from otklik.directory.organisation.queries import bodies
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.territory.queries import base_map
from otklik.records.journal.queries import story_of_things
from otklik.web.desk.appeals.unnamed import unnamed
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.problems.shown import CASE_SHAPES, SHAPES
from otklik.web.look.mapdata import picture_of

MARGIN = 0.01
STORY = 30


@desk(Permission.VIEW_APPEALS)
def problem(request: DeskRequest, pk: int) -> HttpResponse:
    found = queries.problem_of(request.access, pk)
    queries.count_seen(request.access, [found])
    after = request.GET.get("after", "")
    cases = queries.cases_of(request.access, found, after=int(after) if after.isdecimal() else 0)
    for row in cases.rows:
        unnamed(request.access, row.appeal)
    keeps = found.is_open and queries.may_keep(request.access)
    numbers = queries.by_state(request.access, found)
    context = {
        "problem": found,
        "shape": SHAPES[found.state],
        "facts": _facts(found),
        "rows": [(row, CASE_SHAPES[row.state]) for row in cases.rows],
        "next_url": f"?after={cases.after}" if cases.after else "",
        "keeps": keeps,
        "proposed": numbers[CaseState.PROPOSED],
        "taken_out": numbers[CaseState.OUT],
        "story": _story(found) if sees_all(request.access) else [],
        "map_data": _map(request, found),
        "answers": queries.runs_of(found),
        "answers_all": _answers_all(request, found),
        "results": [Result.EXPLAINED, Result.SUPPORTED, Result.NOT_SUPPORTED],
        "key": uuid4().hex,
        "others": queries.open_problems(request.access, beside=[found.pk])[:50] if keeps else [],
        "bodies": bodies(request.municipality.pk) if keeps else [],
    }
    trail = [("Проблемы", reverse("desk:problems")), (found.number, "")]
    return render(request, "desk/problems/problem.html", context, crumbs=trail)


def sees_all(access: Access) -> bool:
    """The story tells of cases of every body and channel."""
    return access.reach(Permission.VIEW_APPEALS).everywhere


def _answers_all(request: DeskRequest, found: Problem) -> bool:
    return found.state == ProblemState.CONFIRMED and request.access.may(Permission.DRAFT)


def _facts(found: Problem) -> list[tuple[str, Any]]:
    pairs = [
        ("Место", found.place),
        ("Тема", found.topic.name if found.topic else ""),
        ("Причина" if found.cause_said else "Вероятная причина", found.cause),
        ("Отвечает", str(found.lead_body or "")),
        ("Кто завёл", found.made_label),
        ("Присоединена к", found.merged_into.number if found.merged_into else ""),
    ]
    return [(label, value) for label, value in pairs if value]


def _story(found: Problem) -> list[dict[str, Any]]:
    entries = story_of_things(found.municipality_id, "problem", [found.pk])[:STORY]
    return [
        {"at": entry.recorded_at, "title": entry.sentence, "actor": entry.who} for entry in entries
    ]


def _map(request: DeskRequest, found: Problem) -> dict[str, Any] | None:
    if found.lat is None or found.lon is None:
        return None
    points = [*queries.points_of(request.access, found), (found.lat, found.lon)]
    lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
    drawn = base_map(request.municipality.pk)
    bounds = [min(lons) - MARGIN, min(lats) - MARGIN, max(lons) + MARGIN, max(lats) + MARGIN]
    last = len(points) - 1
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
            "properties": {
                "id": at,
                "title": found.title if at == last else "обращение",
            },
        }
        for at, (lat, lon) in enumerate(points)
    ]
    return {
        **picture_of(drawn.layers if drawn else {}, bounds),
        "features": {"type": "FeatureCollection", "features": features},
    }
