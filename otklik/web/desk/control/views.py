"""Terms on one page: by body, person, block, settlement or channel; many cases changed at once."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from otklik.base import clock
from otklik.base.given import cursor_of, key_given
from otklik.casework.control.queries.board import Board, Group, Wanted, board
from otklik.casework.control.queries.bulk import recent_runs
from otklik.casework.control.vocabulary import By
from otklik.casework.deadlines.vocabulary import Urgency
from otklik.directory.organisation.queries import bodies
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.appeals.listing import row_of
from otklik.web.desk.control import bulk
from otklik.web.desk.frame import DeskRequest, desk, render

FIRST_GROUPS = 40
"""Three hundred bodies at once would bury the rest of the page."""
TONES = {"overdue": "danger", "today": "warn", "week": "", "later": "ok"}
LIGHTS = {
    Urgency.OVERDUE: ("danger", "просрочено"),
    Urgency.TODAY: ("warn", "сегодня"),
    Urgency.WEEK: ("wait", "неделя"),
    Urgency.LATER: ("done", "в запасе"),
}
BREAKING = "breaking"


@desk(Permission.CONTROL)
def control(request: DeskRequest) -> HttpResponse:
    """The board; a POST changes the chosen cases and comes back to the same board."""
    if request.method == "POST":
        done = bulk.start(request)
        if done is not None:
            return done
    wanted, chosen = _wanted(request)
    page = board(
        request.access, now=clock.now(), wanted=wanted, after=key_given(request.GET.get("page", ""))
    )
    context = {
        "sections": sections("control"),
        "tabs": [_tab(by, wanted, chosen) for by in By],
        "tiles": _tiles(page, chosen),
        **_groups(page, wanted, chosen, every="groups" in request.GET),
        "group_title": By(wanted.by).label,
        "rows": _rows(request, page),
        "next_url": _following(page, chosen),
        "reset_url": reverse("desk:control"),
        "title": _title(wanted, page),
        "total": page.counts.total,
        **_bulk(request),
    }
    return render(request, "desk/control/control.html", context)


def sections(active: str) -> list[dict[str, Any]]:
    """The pages of control."""
    names = (
        ("control", "Сроки"),
        ("discipline", "Журнал нарушений"),
        ("reaction", "Первая реакция"),
        ("satisfaction", "Удовлетворённость"),
        ("control_channels", "Каналы"),
        ("conversations", "Разговоры"),
    )
    return [
        {"label": label, "url": reverse(f"desk:{name}"), "active": name == active}
        for name, label in names
    ]


def _wanted(request: DeskRequest) -> tuple[Wanted, dict[str, str]]:
    """What is asked, and the same as pairs of the address."""
    given = request.GET
    by, urgency = given.get("by", ""), given.get("urgency", "")
    key, body = given.get("key", ""), given.get("body", "")
    wanted = Wanted(
        by=By(by) if by in By.values else By.BODY,
        key=key or (body if body.isdecimal() else ""),
        urgency=Urgency(urgency) if urgency in Urgency.values else None,
        tomorrow=urgency == BREAKING,
    )
    pairs = {"by": str(wanted.by), "key": wanted.key, "urgency": urgency}
    return wanted, {name: value for name, value in pairs.items() if value}


def _tab(by: By, wanted: Wanted, chosen: dict[str, str]) -> dict[str, Any]:
    kept = {"by": str(by), "urgency": chosen.get("urgency", "")}
    query = urlencode({name: value for name, value in kept.items() if value})
    return {"label": by.label, "url": f"?{query}", "active": by == wanted.by}


def _tiles(page: Board, chosen: dict[str, str]) -> list[dict[str, Any]]:
    kept = {name: value for name, value in chosen.items() if name == "by"}
    found = [
        {
            "label": str(urgency.label).capitalize(),
            "count": (count := getattr(page.counts, urgency.value)),
            "url": f"?{urlencode({**kept, 'urgency': urgency.value})}",
            "tone": TONES[urgency.value] if count else "",
        }
        for urgency in Urgency
    ]
    tomorrow = {
        "label": "Сорвётся завтра",
        "count": page.breaking,
        "url": f"?{urlencode({**kept, 'urgency': BREAKING})}",
        "tone": "danger" if page.breaking else "",
    }
    return [found[0], tomorrow, *found[1:]]


def _groups(page: Board, wanted: Wanted, chosen: dict[str, str], *, every: bool) -> dict[str, Any]:
    """The worst groups and the chosen one, unless all are asked for."""
    shown = [
        one
        for number, one in enumerate(page.groups)
        if every or number < FIRST_GROUPS or one.key == wanted.key
    ]
    return {
        "groups": [_group(one, wanted) for one in shown],
        "more_groups": len(page.groups) - len(shown),
        "groups_url": f"?{urlencode({**chosen, 'groups': 'all'})}",
    }


def _group(one: Group, wanted: Wanted) -> dict[str, Any]:
    own = urlencode({"by": str(wanted.by), "key": one.key})
    light = next((u for u in Urgency if getattr(one.counts, u.value)), Urgency.LATER)
    return {
        "name": one.name,
        "url": f"?{own}",
        "light": LIGHTS[light],
        "active": one.key == wanted.key,
        "cells": [
            (one.counts.overdue, f"?{own}&urgency={Urgency.OVERDUE.value}"),
            (one.counts.week, f"?{own}&urgency={Urgency.WEEK.value}"),
            (one.counts.total, f"?{own}"),
        ],
    }


def _rows(request: DeskRequest, page: Board) -> list[dict[str, Any]]:
    picked = set(request.POST.getlist("case"))
    return [
        {
            **row_of(row.appeal, request),
            "why": row.why,
            "parts": row.parts,
            "picked": str(row.appeal.pk) in picked,
        }
        for row in page.rows
    ]


def _title(wanted: Wanted, page: Board) -> str:
    when = "Что сорвётся завтра" if wanted.tomorrow else ""
    if wanted.urgency is not None:
        when = str(wanted.urgency.label).capitalize()
    where = next((one.name for one in page.groups if one.key == wanted.key), "")
    return ": ".join(one for one in (when or ("По сроку" if not where else ""), where) if one)


def _bulk(request: DeskRequest) -> dict[str, Any]:
    access = request.access
    assigns = access.may(Permission.ASSIGN)
    return {
        "may": {
            "extend": access.may(Permission.EXTEND),
            "reassign": assigns,
            "remind": access.may(Permission.CONTROL),
        },
        "typed": request.POST,
        "bodies": bodies(request.municipality.pk) if assigns else [],
        "runs": [(one, bulk.SHAPES[one.state]) for one in recent_runs(access, limit=5)],
        "undo_seconds": settings.UNDO_SECONDS,
    }


def _following(page: Board, chosen: dict[str, str]) -> str:
    if page.after is None:
        return ""
    return f"?{urlencode({**chosen, 'page': cursor_of(*page.after)})}"
