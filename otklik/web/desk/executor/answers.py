"""The answer while it is written, and the letter that carries it."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_POST

from otklik.base import clock
from otklik.base.errors import Forbidden, NotFound
from otklik.casework.appeals.queries import card
from otklik.casework.replies.actions import checklist
from otklik.casework.replies.models import Reply
from otklik.casework.replies.queries import letter_of, open_reply, values_of
from otklik.casework.replies.rules.placeholders import fill, has_places, refusal
from otklik.casework.replies.rules.quality import MANUAL
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record_read
from otklik.web.desk.appeals.rights import rights_of
from otklik.web.desk.frame import DeskRequest, desk, render

MOST = 200_000
KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@require_POST
@desk(Permission.DRAFT)
def preview(request: DeskRequest, pk: int) -> HttpResponse:
    """The typed text with the places filled from the case, and the checklist; nothing is kept."""
    case = card(request.access, pk)
    rights = rights_of(request, case)
    if not rights.draft:
        raise Forbidden("Готовить ответ на это обращение вы не можете.", "Проверьте номер.")
    text = request.POST.get("text", "")[:MOST]
    wrong = refusal(text)
    filled = fill(text, values_of(case, named=rights.personal))
    draft = open_reply(case.pk) or Reply(appeal=case)
    draft.text = filled
    draft.checklist = {"confirmed": {slug: bool(request.POST.get(slug)) for slug, _ in MANUAL}}
    context = {
        "filled": filled if has_places(text) and not wrong else "",
        "wrong": wrong,
        "checks": checklist(draft, case) if text.strip() else [],
        "signs": len(filled),
    }
    return render(request, "desk/executor/_preview.html", context)


@require_GET
@desk(Permission.VIEW_PERSONAL)
def letter(request: DeskRequest, pk: int, reply: int, ending: str) -> HttpResponse:
    """The answer as a letter on the blank; before the signature it is marked as a draft."""
    # Writers take a second to load: only those who write wait for them.
    from otklik.casework.replies.writers import letter_docx, letter_pdf

    case = card(request.access, pk)
    if not rights_of(request, case).personal:
        raise Forbidden("В письме есть данные заявителя.", "Попросите право их видеть.")
    found = Reply.objects.select_related("body").filter(pk=reply, appeal=case).first()
    if found is None or ending not in KINDS:
        raise NotFound("Такого письма у обращения нет.", "Откройте карточку заново.")
    record_read(
        [case.pk],
        actor=request.access.actor,
        municipality_id=case.municipality_id,
        purpose="письмо",
    )
    write = letter_docx if ending == "docx" else letter_pdf
    content = write(letter_of(found), made_at=found.signed_at or clock.now())
    response = HttpResponse(content, content_type=KINDS[ending])
    number = (found.number or f"проект к {case.number}").replace("/", "-")
    name = quote(f"Письмо {number}.{ending}")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    response["Cache-Control"] = "private, no-store"
    return response
