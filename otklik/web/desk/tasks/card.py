"""One task: its story and its steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from otklik.base import clock
from otklik.base.errors import NotFound, OtklikError, Refused
from otklik.coordination.tasks import actions, queries
from otklik.coordination.tasks.models import Task
from otklik.coordination.tasks.vocabulary import OPEN, TASK, TO_DO, TaskState
from otklik.directory.organisation.presets.clauses import clause_label
from otklik.records.attachments.models import Attachment
from otklik.records.attachments.queries import files_of
from otklik.records.journal.queries import story_of, story_of_things
from otklik.web.desk.appeals.files import serve
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.tasks.issuing import owner_choices, owner_of
from otklik.web.desk.tasks.shapes import STATES, light
from otklik.web.look.toasts import toast


@require_GET
@desk()
def task(request: DeskRequest, pk: int) -> HttpResponse:
    today = clock.today(request.municipality.tz)
    found = queries.task_of(request.access, today, pk)
    does = found.state in TO_DO and queries.may_do(request.access, found, today)
    watches = found.state in OPEN and queries.may_control(request.access, found)
    moves = watches and found.state in TO_DO
    context = {
        "task": found,
        "light": light(found, today),
        "state": (STATES[TaskState(found.state)], found.get_state_display()),
        "facts": _facts(found),
        "files": [
            {
                "name": one.file_name,
                "size": one.size,
                "url": reverse("desk:task_file", args=[pk, one.pk]),
            }
            for one in files_of(TASK, [pk])
        ],
        "story": _story(found),
        "does": does,
        "takes": does and found.state == TaskState.NEW,
        "watches": watches,
        "checks": watches and found.state == TaskState.REPORTED,
        "moves": moves,
        "owners": owner_choices(queries.candidates(request.access, today)) if moves else [],
    }
    trail = [("Поручения", reverse("desk:tasks")), (str(found), "")]
    return render(request, "desk/tasks/task.html", context, crumbs=trail)


@require_GET
@desk()
def task_file(request: DeskRequest, pk: int, file_id: int) -> HttpResponse:
    found = queries.task_of(request.access, clock.today(request.municipality.tz), pk)
    kept = Attachment.objects.filter(
        pk=file_id, municipality_id=found.municipality_id, subject=TASK, subject_id=found.pk
    ).first()
    if kept is None:
        raise NotFound("Такого файла у поручения нет.", "Обновите карточку поручения.")
    return serve(kept)


@require_POST
@desk()
def acceptance(request: DeskRequest, pk: int) -> HttpResponse:
    return _step(
        request,
        pk,
        "Принято к исполнению",
        lambda: actions.accept(access=request.access, task_id=pk),
    )


@require_POST
@desk()
def report(request: DeskRequest, pk: int) -> HttpResponse:
    files = [(one.name or "файл", one.read()) for one in request.FILES.getlist("files")]
    return _step(
        request,
        pk,
        "Отчёт отправлен контролёру",
        lambda: actions.report_done(
            access=request.access, task_id=pk, result=request.POST.get("result", ""), files=files
        ),
    )


@require_POST
@desk()
def decision(request: DeskRequest, pk: int) -> HttpResponse:
    if request.POST.get("decision") == "accept":
        return _step(
            request,
            pk,
            "Поручение снято с контроля",
            lambda: actions.accept_result(access=request.access, task_id=pk),
        )
    return _step(
        request,
        pk,
        "Возвращено на доработку",
        lambda: actions.return_task(
            access=request.access, task_id=pk, remark=request.POST.get("remark", "")
        ),
    )


@require_POST
@desk()
def move(request: DeskRequest, pk: int) -> HttpResponse:
    chosen = request.POST.get("owner", "")
    return _step(
        request,
        pk,
        "Поручение изменено",
        lambda: actions.move_task(
            access=request.access,
            task_id=pk,
            reason=request.POST.get("reason", ""),
            due_on=_day(request.POST.get("due_on", "")),
            owner=owner_of(chosen) if chosen else None,
        ),
    )


@require_POST
@desk()
def cancellation(request: DeskRequest, pk: int) -> HttpResponse:
    return _step(
        request,
        pk,
        "Поручение отменено",
        lambda: actions.cancel(
            access=request.access, task_id=pk, reason=request.POST.get("reason", "")
        ),
    )


def _step(request: DeskRequest, pk: int, said: str, act: Callable[[], object]) -> HttpResponse:
    """A refusal becomes a message on the card; afterwards a task may be out of sight."""
    try:
        act()
    except NotFound:
        raise
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
        return redirect("desk:task", pk)
    toast(request, said)
    today = clock.today(request.municipality.tz)
    if queries.visible_to(request.access, today).filter(pk=pk).exists():
        return redirect("desk:task", pk)
    return redirect("desk:tasks")


def _facts(task: Task) -> list[tuple[str, str]]:
    watched = task.controller.full_name if task.controller else task.issued_label
    pairs = [
        ("Кому", task.owner_name),
        ("Контроль", watched),
        ("Кто поручил", task.issued_label),
        ("Периодичность", task.get_recurrence_display() if task.recurrence != "none" else ""),
        ("Функция центра", str(task.function or "")),
        ("Пункт положения", clause_label(task.clause) if task.clause else ""),
    ]
    return [(label, value) for label, value in pairs if value]


def _story(task: Task) -> list[dict[str, Any]]:
    """Newest first; what happened on a case is a part of the story of that case."""
    if task.appeal_id is None:
        found = story_of_things(task.municipality_id, TASK, [task.pk])
    else:
        found = story_of(task.appeal_id).filter(subject=TASK, subject_id=task.pk).order_by("-id")
    return [
        {"at": entry.recorded_at, "title": entry.sentence, "actor": entry.who} for entry in found
    ]


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Refused("Срок не похож на дату.", "Выберите день в календаре.") from None
