"""Steps of a case: each view reads the form, calls one action, and returns to the card."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from otklik.base.errors import OtklikError, Refused
from otklik.casework.appeals import queries
from otklik.casework.appeals.actions import (
    PlaceGiven,
    assign_executor,
    close_without_answer,
    convert_regime,
    reopen,
    set_place,
    withdraw_assignment,
)
from otklik.casework.appeals.vocabulary import AssignmentRole, Regime, Result
from otklik.casework.deadlines.actions import extend_deadline, set_deadlines
from otklik.casework.intake.actions import classify
from otklik.casework.replies import actions as replies
from otklik.casework.replies.queries import SUBJECT, open_reply
from otklik.casework.replies.rules.quality import MANUAL
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels import actions as channels
from otklik.records.attachments.actions import forget_staged, store
from otklik.web.desk.frame import DeskRequest, desk
from otklik.web.look.kept_files import KeptFiles
from otklik.web.look.toasts import toast


def step(view: Any) -> Any:
    """POST only; a refusal becomes a message on the card, nothing typed is lost."""

    def guarded(request: DeskRequest, /, pk: int, **kwargs: Any) -> HttpResponse:
        back = reverse("desk:appeal", args=[pk])
        try:
            said = view(request, pk, **kwargs)
        except OtklikError as error:
            toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
            return redirect(back)
        if isinstance(said, HttpResponse):
            return said
        if isinstance(said, str) and said:
            toast(request, said)
        return HttpResponseRedirect(back)

    return require_POST(desk()(guarded))


@step
def topic(request: DeskRequest, pk: int) -> str:
    question = classify(
        access=request.access,
        appeal_id=pk,
        topic_id=_number(request, "topic"),
        question_number=_number(request, "question", 1),
    )
    return f"Тема: {question.topic}"


@step
def place(request: DeskRequest, pk: int) -> str:
    settlement = request.POST.get("settlement", "")
    set_place(
        access=request.access,
        appeal_id=pk,
        place=PlaceGiven(
            text=request.POST.get("place", "").strip(),
            settlement_id=int(settlement) if settlement.isdecimal() else None,
            lat=_float(request, "lat"),
            lon=_float(request, "lon"),
        ),
    )
    return "Место сохранено"


@step
def assignments(request: DeskRequest, pk: int) -> str:
    body_id = _number(request, "body")
    question = request.POST.get("question", "")
    made = assign_executor(
        access=request.access,
        appeal_id=pk,
        body_id=body_id,
        question_number=int(question) if question.isdecimal() else None,
        role=AssignmentRole(request.POST.get("role") or AssignmentRole.MAIN),
        instruction=request.POST.get("instruction", "").strip(),
    )
    if request.POST.get("link"):
        email = request.POST.get("email", "").strip()
        replies.issue_link(access=request.access, appeal_id=pk, body_id=body_id, email=email)
        return f"Назначено: {made[0].body}. Ссылка исполнителю отправлена."
    return f"Назначено: {made[0].body}"


@step
def withdrawal(request: DeskRequest, pk: int) -> str:
    withdraw_assignment(
        access=request.access,
        assignment_id=_number(request, "assignment"),
        reason=request.POST.get("reason", ""),
    )
    return "Поручение снято"


@step
def link(request: DeskRequest, pk: int) -> str:
    replies.issue_link(
        access=request.access,
        appeal_id=pk,
        body_id=_number(request, "body"),
        email=request.POST.get("email", "").strip(),
    )
    return "Одноразовая ссылка отправлена исполнителю"


@step
def reply(request: DeskRequest, pk: int) -> str | HttpResponse:
    """When the draft is refused, what was typed and chosen waits on the card."""
    kept = reply_files_kept(request, pk)
    drop = set(request.POST.getlist("kept_drop"))
    forget_staged(row for row in kept.rows if row.key in drop)
    if request.POST.get("next") == "cite":
        _keep_reply(request, pk, kept)
        return redirect("desk:citation", pk)
    files = request.FILES.getlist("files")
    try:
        saved = replies.save_draft(
            access=request.access,
            appeal_id=pk,
            text=request.POST.get("text", ""),
            internal_note=request.POST.get("internal_note", ""),
            confirmed={slug: bool(request.POST.get(slug)) for slug, _ in MANUAL},
        )
    except OtklikError:
        _keep_reply(request, pk, kept)
        raise
    given = [(file.name or "файл", file.read()) for file in files]
    for name, content in [*kept.contents(), *given]:
        store(
            municipality_id=request.access.municipality_id,
            file_name=name,
            content=content,
            subject=SUBJECT,
            subject_id=saved.pk,
        )
    kept.forget()
    request.session.pop(kept.token, None)
    replies.forget_text(access=request.access, place=f"reply:{pk}")
    if request.POST.get("next") == "submit":
        replies.submit(access=request.access, appeal_id=pk)
        return "Ответ отправлен на согласование"
    return "Черновик сохранён"


def reply_files_kept(request: DeskRequest, pk: int) -> KeptFiles:
    """Files of the answer this person was preparing on this case."""
    return KeptFiles(
        municipality_id=request.access.municipality_id,
        owner=f"account:{request.user.pk}",
        token=f"reply:{pk}",
    )


def _keep_reply(request: DeskRequest, pk: int, kept: KeptFiles) -> None:
    if request.POST.get("text", "").strip():
        replies.keep_text(access=request.access, place=f"reply:{pk}", text=request.POST["text"])
    files = request.FILES.getlist("files")
    if files and queries.card(request.access, pk):
        kept.keep(files)
        request.session[kept.token] = True


@step
def decision(request: DeskRequest, pk: int) -> str:
    current = open_reply(pk)
    if current is None:
        raise Refused("Ответа на согласовании нет.", "Обновите карточку.")
    if request.POST.get("decision") == "approve":
        done = replies.approve_reply(access=request.access, reply_id=current.pk)
        return "Ответ подписан" if done.status == "signed" else "Согласовано"
    replies.return_reply(
        access=request.access,
        reply_id=current.pk,
        remark=request.POST.get("remark", ""),
        reasons=request.POST.getlist("reasons"),
    )
    return "Возвращено на доработку"


@step
def sending(request: DeskRequest, pk: int) -> str:
    sent = replies.send_reply(
        access=request.access,
        reply_id=_number(request, "reply"),
        result=Result(request.POST.get("result") or Result.EXPLAINED),
        measures_taken=bool(request.POST.get("measures_taken")),
        undo=timedelta(seconds=settings.UNDO_SECONDS),
    )
    undo = reverse("desk:undo", args=[pk, sent.outbound_id])
    toast(request, f"Ответ уйдёт через {settings.UNDO_SECONDS} с", undo_url=undo)
    return ""


@step
def undo(request: DeskRequest, pk: int, message: int) -> str:
    channels.undo(access=request.access, message_id=message)
    replies.note_delivery(outbound_id=message)
    return "Отправка отменена, ответ остался подписанным"


@step
def resend(request: DeskRequest, pk: int, message: int) -> str:
    channels.resend(access=request.access, message_id=message)
    return "Сообщение отправляется повторно"


@step
def published(request: DeskRequest, pk: int, message: int) -> str:
    channels.mark_published(
        access=request.access, message_id=message, external_url=request.POST.get("url", "").strip()
    )
    return "Отмечено: ответ размещён"


@step
def extension(request: DeskRequest, pk: int) -> str:
    extend_deadline(
        access=request.access,
        appeal_id=pk,
        days=_number(request, "days"),
        reason=request.POST.get("reason", ""),
        notice_text=request.POST.get("notice_text", ""),
    )
    return "Срок продлён, заявителю отправлено уведомление"


@step
def conversion(request: DeskRequest, pk: int) -> str:
    case = convert_regime(
        access=request.access,
        appeal_id=pk,
        regime=Regime(request.POST.get("regime", "")),
        reason=request.POST.get("reason", ""),
    )
    set_deadlines(appeal=case, actor=request.access.actor)
    return f"Порядок: {case.regime_name}"


@step
def closure(request: DeskRequest, pk: int) -> str:
    verb = request.POST.get("verb", "")
    if verb not in ("forward", "leave", "withdraw"):
        raise Refused("Не выбрано, как закрыть.", "Выберите один из вариантов.")
    if queries.card(request.access, pk).regime == Regime.LAW59:
        raise Refused(
            "Обращение закрывают только решением по статье № 59-ФЗ.",
            "Выберите его в блоке «Решения по 59-ФЗ»: заявителю уйдёт уведомление.",
        )
    case = close_without_answer(
        access=request.access, appeal_id=pk, verb=verb, reason=request.POST.get("reason", "")
    )
    return f"Обращение закрыто: {case.get_status_display()}"


@step
def reopening(request: DeskRequest, pk: int) -> str:
    access = request.access.require(Permission.ASSIGN)
    case = reopen(access=access, appeal_id=pk, reason=request.POST.get("reason", ""))
    set_deadlines(appeal=case, actor=request.access.actor)
    return "Обращение возобновлено"


@require_POST
@desk()
def draft(request: DeskRequest, place: str) -> HttpResponse:
    """Keep what is being typed (`look` posts it half a second after typing stops)."""
    kept = replies.keep_text(access=request.access, place=place, text=request.POST.get("text", ""))
    local = kept.saved_at.astimezone(request.municipality.tz)
    return JsonResponse({"saved_at": f"{local:%H:%M}"})


def _number(request: DeskRequest, name: str, default: int | None = None) -> int:
    raw = request.POST.get(name, "")
    if raw.isdecimal():
        return int(raw)
    if default is not None:
        return default
    raise Refused("Ничего не выбрано.", "Выберите вариант из списка.")


def _float(request: DeskRequest, name: str) -> float | None:
    try:
        return float(request.POST.get(name, "").replace(",", "."))
    except ValueError:
        return None
