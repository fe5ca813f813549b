"""Pictures and files of a paper."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from otklik.base.errors import NotFound
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.papers.rules import Picture
from otklik.insight.reports import queries
from otklik.web.desk.appeals.files import serve
from otklik.web.desk.frame import DeskRequest, desk


@require_GET
@desk(Permission.REPORT)
def picture(request: DeskRequest, pk: int, place: int) -> HttpResponse:
    document = queries.note_of(request.access, pk).content()
    drawn = [b for s in document.sections for b in s.blocks if isinstance(b, Picture)]
    if place >= len(drawn):
        raise NotFound("Такого рисунка в документе нет.", "Обновите страницу.")
    # Drawing takes two seconds to load: only those who draw wait for it.
    from otklik.insight.papers.writers.pictures import draw

    response = HttpResponse(draw(drawn[place]), content_type="image/png")
    response["Cache-Control"] = "private, max-age=60"
    return response


@require_GET
@desk(Permission.REPORT)
def file(request: DeskRequest, pk: int, ending: str) -> HttpResponse:
    found = queries.note_of(request.access, pk)
    kept = {"docx": found.docx, "pdf": found.pdf, "xlsx": found.xlsx}.get(ending)
    if kept is None:
        raise NotFound("Такого файла у документа нет.", "Есть DOCX и PDF, у многих и XLSX.")
    return serve(kept)
