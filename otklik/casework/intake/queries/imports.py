"""Runs, their rows and saved profiles, as far as a person may import here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from otklik.base import clock
from otklik.base.errors import NotFound
from otklik.casework.intake.models import (
    ImportProfile,
    ImportRowResult,
    ImportRun,
    ImportUpload,
)
from otklik.casework.intake.vocabulary import Outcome, RunState
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission

REPORT_HEADER = (
    "Строка", "Номер", "Итог", "Столбец", "Что не так", "Что сделать", "Что изменилось",
    "Обращение",
)  # fmt: skip
_STALLED = timedelta(minutes=3)


def runs(access: Access) -> QuerySet[ImportRun]:
    """Imports of this municipality, newest first; Forbidden without the right to import."""
    access = access.require(Permission.IMPORT)
    return ImportRun.objects.filter(municipality_id=access.municipality_id).order_by("-pk")


def run_of(access: Access, run_id: int) -> ImportRun:
    run = runs(access).filter(pk=run_id).select_related("profile").first()
    if run is None:
        raise NotFound("Такой загрузки нет.", "Выберите её в списке загрузок.")
    return run


def upload_of(access: Access, upload_id: int) -> ImportUpload:
    access = access.require(Permission.IMPORT)
    found = ImportUpload.objects.filter(municipality_id=access.municipality_id, pk=upload_id)
    upload = found.first()
    if upload is None:
        raise NotFound("Файл загрузки не найден.", "Загрузите его ещё раз.")
    return upload


def problems_of(run: ImportRun) -> QuerySet[ImportRowResult]:
    """Rows refused or remarked upon, in the order of the file."""
    return ImportRowResult.objects.filter(run=run).exclude(reason="").order_by("row_number")


def changes_of(run: ImportRun) -> QuerySet[ImportRowResult]:
    """Rows in which the other system told something new, in the order of the file."""
    return ImportRowResult.objects.filter(run=run).exclude(changes="").order_by("row_number")


def report_rows(run: ImportRun, *, problems_only: bool = False) -> Iterator[tuple[Any, ...]]:
    """The report row by row, as `REPORT_HEADER` names its columns."""
    found = problems_of(run) if problems_only else ImportRowResult.objects.filter(run=run)
    rows = found.order_by("row_number").values_list(
        "row_number", "external_number", "outcome", "column", "reason", "mend", "changes",
        "appeal__number",
    )  # fmt: skip
    for row in rows.iterator(chunk_size=5000):
        number, external, outcome, *rest, appeal = row
        yield (number, external, Outcome(outcome).label, *rest, appeal or "")


def profiles(access: Access) -> QuerySet[ImportProfile]:
    access = access.require(Permission.IMPORT)
    return ImportProfile.objects.filter(municipality_id=access.municipality_id)


def profile_of(access: Access, profile_id: int) -> ImportProfile:
    profile = profiles(access).filter(pk=profile_id).first()
    if profile is None:
        raise NotFound("Такого профиля загрузки нет.", "Выберите его в списке профилей.")
    return profile


def profile_by_name(access: Access, name: str) -> ImportProfile:
    profile = profiles(access).filter(name=name).first()
    if profile is None:
        known = ", ".join(f"«{p.name}»" for p in profiles(access)) or "пока нет ни одного"
        raise NotFound(f"Профиля загрузки «{name}» нет.", f"Сохранённые профили: {known}.")
    return profile


def stalled_runs() -> list[int]:
    """Runs from the page that nobody has carried on for three minutes: their worker died."""
    found = ImportRun.objects.filter(
        state=RunState.RUNNING, upload__isnull=False, touched_at__lt=clock.now() - _STALLED
    )
    return list(found.values_list("pk", flat=True))
