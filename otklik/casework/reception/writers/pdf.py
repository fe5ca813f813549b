"""The list of a day as PDF: the template `day.typ` and the visits as data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from otklik.base.documents.typesetting import typeset
from otklik.casework.reception.models import Visit

_TEMPLATE = Path(__file__).with_name("day.typ")


def day_pdf(
    visits: Sequence[Visit], *, day: date, zone: ZoneInfo, host: str, made_at: datetime
) -> bytes:
    """The visits in the order of reception, with room for notes; `made_at` is aware."""
    data = {
        "title": f"Личный приём {day:%d.%m.%Y}",
        "host": host,
        "rows": [_row(visit, zone) for visit in visits],
        "made": f"{made_at.astimezone(zone):%d.%m.%Y %H:%M}",
    }
    return typeset(_TEMPLATE, data, made_at=made_at, files={})


def _row(visit: Visit, zone: ZoneInfo) -> dict[str, str]:
    time = f"{visit.starts_at.astimezone(zone):%H:%M}" if visit.starts_at else "—"
    person = visit.applicant
    return {
        "time": time,
        "number": visit.number,
        "name": person.name,
        "contact": ", ".join(filter(None, (person.phone, person.email))),
        "question": visit.question,
        "turn": f"вне очереди: {visit.category}" if visit.category else "",
        "host": str(visit.host),
    }
