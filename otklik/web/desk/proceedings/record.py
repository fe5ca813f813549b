"""Everything the law asks to keep about one case besides the answer."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from otklik.base import clock
from otklik.base.errors import NotFound
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.queries import card, visible_to
from otklik.casework.proceedings.models import Complained, Reading, Signatory
from otklik.casework.proceedings.queries import (
    decisions_of,
    definitions,
    file_ids_of,
    kin_of,
    materials_of,
    offered,
    requests_of,
)
from otklik.casework.proceedings.vocabulary import Kinship
from otklik.directory.organisation.queries import bodies
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.attachments.models import Attachment
from otklik.records.attachments.queries import files_of
from otklik.records.journal.actions import record_read
from otklik.web.desk.appeals.files import serve
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.proceedings.panel import grouped


@desk(Permission.VIEW_PERSONAL)
def record(request: DeskRequest, pk: int) -> HttpResponse:
    """Decisions, papers asked for and brought, people of the case, and its kin."""
    case = card(request.access, pk)
    record_read(
        [case.pk], actor=request.access.actor, municipality_id=case.municipality_id, purpose="дело"
    )
    registers = request.access.allows(
        Permission.REGISTER, body_id=case.executor_body_id, channel=case.channel
    )
    complained = list(Complained.objects.filter(appeal=case).select_related("body"))
    context = {
        "case": case,
        "groups": grouped(offered(request.access, case)),
        "decisions": list(decisions_of(case.pk)),
        "kin": list(kin_of(case.pk)),
        "kinds": Kinship.choices,
        "words": list(definitions(case.municipality_id).values()),
        "readings": list(Reading.objects.filter(appeal=case).order_by("read_at")),
        "signatories": list(Signatory.objects.filter(appeal=case)),
        "complained": complained,
        "complained_ids": {row.body_id for row in complained},
        "officials": "\n".join(row.official for row in complained if row.body_id is None),
        "bodies": list(bodies(case.municipality_id)) if registers else [],
        "registers": registers,
        "classifies": request.access.allows(
            Permission.CLASSIFY, body_id=case.executor_body_id, channel=case.channel
        ),
        "today": clock.today(case.municipality.tz),
        **_papers(case),
    }
    crumbs = [
        ("Обращения", reverse("desk:appeals")),
        (str(case), reverse("desk:appeal", args=[case.pk])),
        ("Дело", ""),
    ]
    return render(request, "desk/proceedings/record.html", context, crumbs=crumbs)


@desk(Permission.VIEW_PERSONAL)
def file(request: DeskRequest, pk: int, file_id: int) -> HttpResponse:
    """A file of added materials or of requested documents; every look is logged."""
    case = visible_to(request.access).filter(pk=pk).only("municipality_id").first()
    found = Attachment.objects.filter(pk=file_id, municipality_id=request.municipality.pk).first()
    known = file_ids_of(pk) if case else {}
    if case is None or found is None or found.subject_id not in known.get(found.subject, set()):
        raise NotFound("Такого файла у обращения нет.", "Обновите страницу.")
    record_read(
        [case.pk], actor=request.access.actor, municipality_id=case.municipality_id, purpose="файл"
    )
    return serve(found)


def _papers(case: Appeal) -> dict[str, Any]:
    """Materials and requests, each with its files."""
    materials, requests = list(materials_of(case.pk)), list(requests_of(case.pk))
    return {
        "materials": _with_files(case, "material", materials),
        "requests": _with_files(case, "document_request", requests),
    }


def _with_files(case: Appeal, subject: str, rows: list[Any]) -> list[tuple[Any, list[Any]]]:
    files: dict[int, list[dict[str, Any]]] = {row.pk: [] for row in rows}
    for one in files_of(subject, files):
        url = reverse("desk:law_file", args=[case.pk, one.pk])
        files[one.subject_id].append(
            {"name": one.file_name, "url": url, "size": one.size, "kind": "text"}
        )
    return [(row, files[row.pk]) for row in rows]
