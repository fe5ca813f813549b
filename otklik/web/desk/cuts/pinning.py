"""Cuts pinned to one's board, as the board shows them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from otklik.base import clock
from otklik.insight.cuts.queries import Pinned, pinned_cuts
from otklik.insight.cuts.rules import sheet_of
from otklik.insight.cuts.rules.indicators import BY_MEASURE
from otklik.language.wording import period_words
from otklik.web.desk.cuts.tables import cell_of
from otklik.web.desk.frame import DeskRequest

LINES = 5


def pinned(request: DeskRequest) -> list[dict[str, Any]]:
    """For `{% include "desk/cuts/_pinned.html" %}`: each costs up to four statements."""
    return [_card(one) for one in pinned_cuts(request.access, now=clock.now())]


def _card(one: Pinned) -> dict[str, Any]:
    sheet, asked = sheet_of(one.cut, one.view), one.view.request
    place = next(n for n, column in enumerate(sheet.columns) if column.total)
    since, until = asked.filter.since, asked.filter.until
    return {
        "name": one.saved.name,
        "url": f"{reverse('desk:summary')}?{one.view.query()}",
        "measure": one.view.first.label,
        "indicator": BY_MEASURE[one.view.first].slug,
        "period": period_words(since, until) if since and until else "",
        "rows": [
            {"label": line.label, **cell_of(line.figures[place], asked.counted)}
            for line in sheet.lines[:LINES]
            if line.figures[place].cell.tally.received
        ],
        "total": cell_of(sheet.bottom.figures[place], asked.counted),
    }
