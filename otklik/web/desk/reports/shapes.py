"""What lists and cards of papers have in common."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from otklik.insight.reports.catalogue import kinds
from otklik.insight.reports.models import Note
from otklik.insight.reports.vocabulary import NoteStatus
from otklik.language.wording import period_words

SHAPES = {NoteStatus.DRAFT: "draft", NoteStatus.SIGNED: "wait", NoteStatus.HANDED_OVER: "done"}
TABS = (
    ("reports", "Документы"),
    ("report_kinds", "Каталог"),
    ("report_schedules", "Расписание"),
)


def tabs(active: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": reverse(f"desk:{name}"), "active": name == active}
        for name, label in TABS
    ]


def row_of(note: Note, today: date) -> dict[str, Any]:
    days = (note.until - note.since + timedelta(days=1)).days
    found = kinds().get(note.kind)
    return {
        "note": note,
        "name": found.name if found else note.title,
        "period": period_words(note.since, note.until),
        "days": days,
        "url": reverse("desk:note", args=[note.pk]),
        "shape": SHAPES[NoteStatus(note.status)],
        "state": note.get_status_display(),
        "left": (note.due_on - today).days if note.due_on else None,
        "overdue": note.overdue(today),
    }
