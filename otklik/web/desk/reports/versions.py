"""Every state a paper went through, and what differs between two of them."""

from __future__ import annotations

from difflib import ndiff
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.papers.rules import Document, Section
from otklik.insight.reports import queries
from otklik.insight.reports.models import NoteVersion
from otklik.web.desk.frame import DeskRequest, desk, render

SIGNS = {"+ ": "added", "- ": "removed"}


@require_GET
@desk(Permission.REPORT)
def versions(request: DeskRequest, pk: int) -> HttpResponse:
    note = queries.note_of(request.access, pk)
    rows = list(queries.versions_of(note)[:100])
    newer = _asked(request, "b", rows[0].number if rows else 1)
    older = _asked(request, "a", max(1, newer - 1))
    known = {row.number for row in rows}
    changes: list[dict[str, Any]] = []
    if older != newer and {older, newer} <= known:
        both = [queries.version_of(note, number) for number in (older, newer)]
        changes = difference(*both)
    context = {
        "note": note,
        "rows": rows,
        "older": older,
        "newer": newer,
        "changes": changes,
        "comparable": older != newer and {older, newer} <= known,
    }
    crumbs = [
        ("Документы", reverse("desk:reports")),
        (str(note), reverse("desk:note", args=[pk])),
        ("Редакции", ""),
    ]
    return render(request, "desk/reports/versions.html", context, crumbs=crumbs)


def difference(older: NoteVersion, newer: NoteVersion) -> list[dict[str, Any]]:
    """Sections whose words or numbers differ, with every line marked."""
    before, after = (Document.model_validate(one.content) for one in (older, newer))
    earlier, later = ({s.key: s for s in one.sections} for one in (before, after))
    keys = [*later, *(key for key in earlier if key not in later)]
    found = [_section(earlier.get(key), later.get(key)) for key in keys]
    return [one for one in found if one["lines"] or one["numbers"]]


def _section(before: Section | None, after: Section | None) -> dict[str, Any]:
    lines = [list(one.lines) if one else [] for one in (before, after)]
    marked = [
        (SIGNS[line[:2]], line[2:]) for line in ndiff(lines[0], lines[1]) if line[:2] in SIGNS
    ]
    titled = after or before
    assert titled is not None
    numbers = bool(before and after and before.blocks != after.blocks)
    return {"title": titled.title, "lines": marked, "numbers": numbers}


def _asked(request: DeskRequest, name: str, otherwise: int) -> int:
    raw = request.GET.get(name, "")
    return int(raw) if raw.isdecimal() and len(raw) < 6 else otherwise
