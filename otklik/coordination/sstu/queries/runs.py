"""Packages that were made, newest first."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from otklik.base.errors import NotFound
from otklik.coordination.sstu.models import ExportRun
from otklik.directory.organisation.rules import Access

PAGE = 50


def runs(access: Access) -> QuerySet[ExportRun]:
    """Without the composition, which is long."""
    found = ExportRun.objects.filter(municipality_id=access.municipality_id)
    return found.defer("items", "refusals").order_by("-pk")


def page(found: QuerySet[ExportRun], cursor: str) -> tuple[list[ExportRun], str]:
    """One page by key, and the cursor of the next one."""
    if cursor.isdecimal():
        found = found.filter(pk__lt=int(cursor))
    rows = list(found[: PAGE + 1])
    return rows[:PAGE], str(rows[PAGE - 1].pk) if len(rows) > PAGE else ""


def run_of(access: Access, pk: int) -> ExportRun:
    found = ExportRun.objects.filter(municipality_id=access.municipality_id, pk=pk).first()
    if found is None:
        raise NotFound("Такого пакета нет.", "Вернитесь к списку пакетов.")
    return found


def last_run(municipality_id: int, month: date) -> ExportRun | None:
    found = ExportRun.objects.filter(municipality_id=municipality_id, month=month)
    return found.order_by("-pk").first()
