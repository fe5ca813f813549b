"""Terms: overdue, today, this week, by body. Everything is a link to its rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from otklik.base import clock
from otklik.casework.deadlines.queries import control as control_page
from otklik.casework.deadlines.vocabulary import Urgency
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.appeals.listing import row_of
from otklik.web.desk.frame import DeskRequest, desk, render

TONES = {"overdue": "danger", "today": "warn", "week": "", "later": "ok"}


@desk(Permission.CONTROL)
def control(request: DeskRequest) -> HttpResponse:
    chosen = request.GET.get("urgency", "")
    body = request.GET.get("body", "")
    page = control_page(
        request.access,
        now=clock.now(),
        urgency=Urgency(chosen) if chosen in Urgency.values else None,
        body_id=int(body) if body.isdecimal() else None,
        after=_cursor(request.GET.get("page", "")),
    )
    base = {key: value for key, value in (("urgency", chosen), ("body", body)) if value}
    following = (
        f"?{urlencode({**base, 'page': f'{page.after[0].isoformat()}_{page.after[1]}'})}"
        if page.after
        else ""
    )
    context = {
        "tiles": [_tile(urgency, getattr(page.counts, urgency.value), body) for urgency in Urgency],
        "bodies": [_body(item, chosen) for item in page.bodies],
        "rows": [row_of(appeal, request) for appeal in page.rows],
        "next_url": following,
        "reset_url": reverse("desk:control"),
        "chosen": Urgency(chosen).label if chosen in Urgency.values else "",
        "total": page.counts.total,
    }
    return render(request, "desk/control/control.html", context)


def _tile(urgency: Urgency, count: int, body: str) -> dict[str, Any]:
    query = {"urgency": urgency.value, **({"body": body} if body else {})}
    return {
        "label": str(urgency.label).capitalize(),
        "count": count,
        "url": f"?{urlencode(query)}",
        "tone": TONES.get(urgency.value, "") if count else "",
    }


def _body(item: Any, chosen: str) -> dict[str, Any]:
    known = {"body": item.body_id} if item.body_id else {}
    cells = [
        {
            "count": getattr(item.counts, u.value),
            "url": f"?{urlencode({**known, 'urgency': u.value})}",
        }
        for u in Urgency
    ]
    return {
        "name": item.name,
        "url": f"?{urlencode({**known, **({'urgency': chosen} if chosen else {})})}",
        "cells": cells,
        "total": item.counts.total,
    }


def _cursor(raw: str) -> tuple[datetime, int] | None:
    moment, _, pk = raw.replace(" ", "+").rpartition("_")
    try:
        return datetime.fromisoformat(moment), int(pk)
    except ValueError:
        return None
