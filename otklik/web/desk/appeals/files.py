"""Files of a case: only to those who see the case; every look is logged."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

from otklik.base.errors import NotFound
from otklik.casework.appeals import queries
from otklik.casework.replies.models import Proposal, Reply
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels.queries import received_of_case
from otklik.records.attachments.models import Attachment
from otklik.records.attachments.queries import content_of
from otklik.records.journal.actions import record_read
from otklik.web.desk.frame import DeskRequest, desk

INLINE = {"image/jpeg", "image/png", "image/gif", "image/webp", "application/pdf"}
WRITTEN: dict[str, type[Reply] | type[Proposal]] = {"reply": Reply, "proposal": Proposal}


@desk(Permission.VIEW_PERSONAL)
def file(request: DeskRequest, pk: int, file_id: int) -> HttpResponse:
    case = queries.card(request.access, pk)
    found = Attachment.objects.filter(pk=file_id, municipality_id=case.municipality_id).first()
    owners: dict[str, set[int | None]] = {
        "appeal": {case.pk},
        "inbound_message": {case.inbound_message_id},
    }
    if found is not None and found.subject == "inbound_message":
        received = received_of_case(case.pk, case.municipality_id)
        owners["inbound_message"] |= set(received.values_list("pk", flat=True))
    if found is not None and found.subject in WRITTEN:
        rows = WRITTEN[found.subject].objects.filter(appeal=case)
        owners[found.subject] = set(rows.values_list("pk", flat=True))
    if found is None or found.subject_id not in owners.get(found.subject, set()):
        raise NotFound("Такого файла у обращения нет.", "Обновите карточку.")
    record_read(
        [case.pk], actor=request.access.actor, municipality_id=case.municipality_id, purpose="файл"
    )
    return serve(found)


def serve(found: Attachment) -> HttpResponse:
    """The content under its own kind; never run by the browser as a page."""
    response = HttpResponse(content_of(found), content_type=found.content_type)
    how = "inline" if found.content_type in INLINE else "attachment"
    response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(found.file_name)}"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
