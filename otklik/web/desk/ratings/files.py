"""A rating as a file: DOCX, PDF and XLSX, live and of a snapshot."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.base.errors import NotFound
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.ratings import queries
from otklik.insight.ratings.queries import rating as rated
from otklik.insight.ratings.writers import Paper, live_paper, snapshot_paper, written
from otklik.web.desk.attached import PAPER, attached
from otklik.web.desk.frame import DeskRequest, desk
from otklik.web.desk.ratings.asking import asked_rating

ENDINGS = (*PAPER, "xlsx")


@require_GET
@desk(Permission.ANALYTICS)
def live(request: DeskRequest, ending: str) -> HttpResponse:
    asking, subject = asked_rating(request)
    found = rated(request.access, asking.wanted, now=clock.now(), subject=subject)
    return _served(live_paper(found, request.municipality), ending)


@require_GET
@desk()
def snapshot(request: DeskRequest, pk: int, ending: str) -> HttpResponse:
    kept = queries.snapshot(request.access, pk)
    if kept.bare:
        raise NotFound("Рейтинг ещё не опубликован.", "Файл появится после публикации.")
    return _served(snapshot_paper(kept, request.municipality), ending)


def _served(paper: Paper, ending: str) -> HttpResponse:
    if ending not in ENDINGS:
        raise NotFound("Такого файла у рейтинга нет.", "Есть DOCX, PDF и XLSX.")
    return attached(written(paper, ending, made_at=clock.now()), f"{paper.file_name}.{ending}")
