"""Steps of an event of ПОС: POST, then back to its page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from otklik.base.errors import OtklikError, Refused
from otklik.casework.consultations import actions
from otklik.casework.consultations.actions.results import LARGEST
from otklik.casework.consultations.queries import consultation_of
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, desk
from otklik.web.look.toasts import toast
from otklik.web.look.words import count

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Step = Callable[[DeskRequest, int], str]


def step(view: Step) -> Callable[..., HttpResponse]:
    """Say in words what was done or why not, and go back."""

    @wraps(view)
    def posted(request: DeskRequest, /, pk: int) -> HttpResponse:
        try:
            toast(request, view(request, pk))
        except OtklikError as error:
            toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
        return redirect("desk:pos_event", pk)

    return require_POST(desk(Permission.SEND)(posted))


@require_POST
@desk(Permission.SEND)
def sheet(request: DeskRequest, pk: int) -> HttpResponse:
    """The file with which the event is placed there."""
    name, content = actions.export(access=request.access, consultation_id=pk)
    response = HttpResponse(content, content_type=WORD)
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


@step
def place(request: DeskRequest, pk: int) -> str:
    actions.place(
        access=request.access,
        consultation_id=pk,
        number=request.POST.get("number", ""),
        link=request.POST.get("link", ""),
    )
    return "Отмечено: размещено в ПОС"


@step
def finish(request: DeskRequest, pk: int) -> str:
    actions.finish(access=request.access, consultation_id=pk)
    return "Мероприятие завершено: внесите итоги"


@step
def results(request: DeskRequest, pk: int) -> str:
    one = consultation_of(request.access, pk)
    votes = [_whole(request, f"votes{option.number}") for option in one.options.all()]
    actions.keep_results(
        access=request.access,
        consultation_id=pk,
        participants=_whole(request, "participants"),
        votes=votes,
    )
    return "Итоги внесены"


@step
def results_file(request: DeskRequest, pk: int) -> str:
    name, content = _file(request)
    made = actions.read_file(
        access=request.access, consultation_id=pk, file_name=name, content=content
    )
    said = "Голоса приняты" if made.counted else "Голоса не изменились"
    fresh = count(made.comments, "новый комментарий", "новых комментария", "новых комментариев")
    bad = (
        f"; не принято: {count(made.refused, 'строка', 'строки', 'строк')}" if made.refused else ""
    )
    return f"{said}, {fresh}{bad}"


@step
def protocol(request: DeskRequest, pk: int) -> str:
    name, content = _file(request)
    actions.attach_protocol(
        access=request.access, consultation_id=pk, file_name=name, content=content
    )
    return "Протокол приложен"


@step
def publication(request: DeskRequest, pk: int) -> str:
    conclusion = request.POST.get("conclusion", "")
    actions.publish(access=request.access, consultation_id=pk, conclusion=conclusion)
    return "Итоги опубликованы на портале"


@step
def cancellation(request: DeskRequest, pk: int) -> str:
    reason = request.POST.get("reason", "")
    actions.cancel(access=request.access, consultation_id=pk, reason=reason)
    return "Мероприятие отменено"


@require_POST
@desk(Permission.SEND)
def comment(request: DeskRequest, pk: int, comment: int) -> HttpResponse:
    """A case of it, or only noted."""
    try:
        if request.POST.get("decision") == "case":
            made = actions.register_comment(access=request.access, comment_id=comment)
            toast(request, f"Зарегистрировано сообщение № {made.number}")
        else:
            actions.note_comment(access=request.access, comment_id=comment)
            toast(request, "Комментарий принят к сведению")
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    return redirect("desk:pos_event", pk)


def _whole(request: DeskRequest, name: str) -> int:
    typed = "".join(request.POST.get(name, "").split())
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= 9):
        raise Refused("Число не прочитано.", "Впишите целые числа во все поля итогов.")
    return int(typed)


def _file(request: DeskRequest) -> tuple[str, bytes]:
    given = request.FILES.get("file")
    if not isinstance(given, UploadedFile):
        raise Refused("Файл не выбран.", "Выберите файл на своём компьютере.")
    if (given.size or 0) > LARGEST:
        raise Refused("Файл больше 20 МБ.", "Выгрузите итоги одного мероприятия.")
    return given.name or "файл", given.read()
