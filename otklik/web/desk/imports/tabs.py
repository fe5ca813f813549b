"""The tabs of the import pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from otklik.casework.intake.queries import differences
from otklik.web.desk.frame import DeskRequest

TABS = (
    ("start", "Загрузка"),
    ("profiles", "Профили"),
    ("differences", "Расхождения"),
    ("networks", "Сети и СМИ"),
)


def tabs(request: DeskRequest, here: str) -> list[dict[str, Any]]:
    """With the number of differences that wait for a decision; one query."""
    waiting = differences(request.access).filter(decided_at__isnull=True).order_by().count()
    return [
        {
            "label": label,
            "url": reverse(f"imports:{name}"),
            "active": name == here,
            "count": waiting if name == "differences" else None,
        }
        for name, label in TABS
    ]
