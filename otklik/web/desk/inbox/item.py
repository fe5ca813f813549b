"""One thing of the intake queue: read it, then make a case of it or say why not."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base.errors import NotFound, OtklikError
from otklik.casework.intake.actions.inbox import (
    answer_without_case,
    attach_to_case,
    register_message,
    set_aside,
    take_back,
)
from otklik.casework.intake.queries.inbox import message_of, row_result_of, thing_of
from otklik.casework.intake.vocabulary import InboxKind, InboxState
from otklik.casework.replies.queries import templates_of
from otklik.casework.replies.rules.placeholders import fill
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels.vocabulary import ChannelKind
from otklik.language.masking import for_work, mask_file_name
from otklik.records.attachments.queries import files_of
from otklik.web.desk.appeals.files import serve
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.inbox.views import SHAPES, log_read
from otklik.web.look.toasts import toast

SUBJECT = "inbound_message"


@desk(Permission.REGISTER)
def thing(request: DeskRequest, kind: str, pk: int) -> HttpResponse:
    if request.method == "POST":
        try:
            done = _do(request, kind, pk)
        except OtklikError as error:
            toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
            if isinstance(error, NotFound) and request.POST.get("verb") != "attach":
                return redirect("desk:inbox")
        else:
            return done
    return _page(request, kind, pk)


@require_GET
@desk(Permission.REGISTER)
def file(request: DeskRequest, pk: int, file_id: int) -> HttpResponse:
    found = files_of(SUBJECT, [message_of(request.access, pk).pk]).filter(pk=file_id).first()
    if found is None:
        raise NotFound("Такого файла у сообщения нет.", "Откройте его со страницы сообщения.")
    log_read(request, [thing_of(request.access, InboxKind.MESSAGE, pk)], "файл")
    return serve(found)


def _do(request: DeskRequest, kind: str, pk: int) -> HttpResponse:
    access, post, verb = request.access, request.POST, request.POST.get("verb", "")
    if verb == "register" and kind == InboxKind.MESSAGE:
        made = register_message(access=access, message_id=pk)
        toast(request, f"Зарегистрировано {made}")
        return redirect("desk:appeal", made.pk)
    if verb == "attach":
        case = attach_to_case(access=access, thing=(kind, pk), number=post.get("number", ""))
        toast(request, f"Отнесено к обращению № {case.number}")
        return redirect("desk:appeal", case.pk)
    if verb == "answer":
        answer_without_case(access=access, message_id=pk, text=post.get("text", ""))
        toast(request, "Ответ отправляется, письмо отложено")
    elif verb == "back":
        take_back(access=access, thing=(kind, pk))
        toast(request, "Возвращено в очередь")
    else:
        batch = set_aside(access=access, things=[(kind, pk)], reason=post.get("reason", ""))
        toast(request, "Отложено", undo_url=reverse("desk:inbox_undo", args=[batch]))
    return redirect("desk:inbox")


def _page(request: DeskRequest, kind: str, pk: int) -> HttpResponse:
    one = thing_of(request.access, kind, pk)
    log_read(request, [one], "сообщение")
    query = "message" if one.kind == InboxKind.MESSAGE else "row"
    context: dict[str, Any] = {
        "one": one,
        "shape": SHAPES[one.state],
        "aside": one.state == InboxState.ASIDE,
        "card_url": f"{reverse('desk:register')}?{query}={one.pk}",
        "typed": request.POST,
    }
    if one.kind == InboxKind.MESSAGE:
        context |= _of_message(request, pk)
    else:
        context["run"] = row_result_of(request.access, pk).run
    crumbs = [("Входящие", reverse("desk:inbox")), (one.channel_label, "")]
    return render(request, "desk/inbox/item.html", context, crumbs=crumbs)


def _of_message(request: DeskRequest, pk: int) -> dict[str, Any]:
    message = message_of(request.access, pk)
    files = files_of(SUBJECT, [pk])
    personal = request.access.allows(Permission.VIEW_PERSONAL, channel=message.channel)
    shown = _known if personal else _masked
    return {
        "message": message,
        "personal": personal,
        "subject": shown(message.subject),
        "text": shown(message.text),
        "files": [
            {
                "name": one.file_name if personal else mask_file_name(one.file_name),
                "url": reverse("desk:inbox_file", args=[pk, one.pk]),
                "size": one.size,
            }
            for one in files
        ],
        "answers": message.channel == ChannelKind.EMAIL
        and bool(message.sender)
        and request.access.allows(Permission.SEND, channel=message.channel),
        **_template(request),
    }


def _known(text: str) -> str:
    return text


def _masked(text: str) -> str:
    return for_work(text).text


def _template(request: DeskRequest) -> dict[str, Any]:
    """Templates of the centre, and the text of the one chosen by `?template=`."""
    place = request.municipality
    offered = list(templates_of(place.pk).filter(is_active=True)[:100])
    raw = request.GET.get("template", "")
    chosen = next((one for one in offered if str(one.pk) == raw), None)
    known = {"центр": place.name, "телефон": place.phone}
    text = request.POST.get("text") or (fill(chosen.text, known) if chosen else "")
    return {"templates": offered, "chosen": chosen, "answer": text}
