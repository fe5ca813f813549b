"""An executor without a sign-in answers by a one-time mailed link (novoduginsky 3)."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from otklik.base.errors import NotFound, OtklikError
from otklik.casework.appeals.queries import card
from otklik.casework.replies.actions import answer_by_link, checklist, open_link
from otklik.casework.replies.models import AnswerLink
from otklik.casework.replies.queries import SUBJECT, open_reply
from otklik.casework.replies.rules.quality import MANUAL
from otklik.casework.replies.vocabulary import ReturnReason
from otklik.directory.approvals.queries import steps_of
from otklik.directory.organisation.rules import Access
from otklik.records.attachments.actions import store
from otklik.records.attachments.models import Attachment
from otklik.records.attachments.queries import content_of, files_of
from otklik.records.journal.actions import record_read
from otklik.web.look.kept_files import KeptFiles


def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The case and the draft. Opening does not spend the link: mail scanners open links too."""
    try:
        link, access = open_link(token=token)
    except NotFound as error:
        return page(request, "answer/closed.html", {"error": error}, status=404)
    if request.method != "POST":
        return _show(request, link, access)
    kept = KeptFiles.sent_with(
        request, municipality_id=link.appeal.municipality_id, owner=f"answer_link:{link.pk}"
    )
    try:
        return _save(request, token, link, kept)
    except OtklikError as error:
        return _show(request, link, access, error, kept)


def file(request: HttpRequest, token: str, file_id: int) -> HttpResponse:
    """A file of the case, for the holder of a live link."""
    link, access = open_link(token=token)
    found = Attachment.objects.filter(
        pk=file_id, subject="appeal", subject_id=link.appeal_id
    ).first()
    if found is None:
        raise NotFound("Такого файла у обращения нет.", "Откройте его со страницы обращения.")
    _log(link, access, "файл по ссылке")
    response = HttpResponse(content_of(found), content_type=found.content_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.file_name)}"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def thanks(request: HttpRequest) -> HttpResponse:
    return page(request, "answer/thanks.html", {})


def _save(request: HttpRequest, token: str, link: AnswerLink, kept: KeptFiles) -> HttpResponse:
    """Save the draft with its files; when it is refused, the files wait for the next try."""
    send = request.POST.get("next") == "send"
    confirmed = {slug: bool(request.POST.get(slug)) for slug, _ in MANUAL}
    text = request.POST.get("text", "")
    files = request.FILES.getlist("files")
    try:
        reply = answer_by_link(token=token, text=text, confirmed=confirmed, send=False)
    except OtklikError:
        kept.keep(files)
        raise
    given = [(file.name or "файл", file.read()) for file in files]
    for name, content in [*kept.contents(), *given]:
        store(
            municipality_id=link.appeal.municipality_id,
            file_name=name,
            content=content,
            subject=SUBJECT,
            subject_id=reply.pk,
        )
    kept.forget()
    if not send:
        return redirect("answer:answer", token)
    answer_by_link(token=token, text=text, confirmed=confirmed, send=True)
    return redirect("answer:thanks")


def _show(
    request: HttpRequest,
    link: AnswerLink,
    access: Access,
    problem: OtklikError | None = None,
    kept: KeptFiles | None = None,
) -> HttpResponse:
    case = card(access, link.appeal_id)
    reply = open_reply(case.pk)
    _log(link, access, "ссылка исполнителю")
    editable = reply is None or reply.status in ("draft", "returned")
    typed = request.POST.get("text", "") if problem else ""
    context = {
        "case": case,
        "link": link,
        "token": link.pk,
        "url_token": request.resolver_match.kwargs["token"] if request.resolver_match else "",
        "reply": reply,
        "text": typed or (reply.text if reply else ""),
        "confirmed": reply.checklist.get("confirmed", {}) if reply else {},
        "editable": editable,
        "manual": MANUAL,
        "checks": [c for c in checklist(reply, case) if not c.manual and c.level != "ok"]
        if reply
        else [],
        "files": files_of("appeal", [case.pk]),
        "own_files": files_of(SUBJECT, [reply.pk]) if reply else [],
        "deadline": case.deadlines.filter(kind="answer").first(),
        "assignments": [
            a
            for q in case.questions.all()
            for a in q.assignments.all()
            if a.body_id == link.body_id
        ],
        "remarks": _remarks(reply.pk) if reply else [],
        "problem": problem,
        "kept": kept,
    }
    return page(request, "answer/answer.html", context, status=422 if problem else 200)


def _remarks(reply_id: int) -> list[dict[str, Any]]:
    labels = dict(ReturnReason.choices)
    return [
        {
            "who": step.decided_label,
            "remark": step.remark,
            "reasons": [labels[r] for r in step.reasons if r in labels],
        }
        for step in steps_of(SUBJECT, [reply_id])
        if step.state == "returned"
    ]


def _log(link: AnswerLink, access: Access, purpose: str) -> None:
    record_read(
        [link.appeal_id],
        actor=access.actor,
        municipality_id=access.municipality_id,
        purpose=purpose,
    )


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
