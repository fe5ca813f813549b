"""Tasks: mine, those I control, all."""

from __future__ import annotations

from datetime import date
from io import StringIO
from typing import Any
from urllib.parse import quote, urlencode

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.base.given import cursor_of, day_key_given
from otklik.base.tables import write_csv
from otklik.coordination.tasks import queries
from otklik.coordination.tasks.models import Task
from otklik.coordination.tasks.queries import PAGE, VIEWS
from otklik.coordination.tasks.vocabulary import TaskState
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.tasks.shapes import STATES, light

LABELS = {"mine": "Мои", "watched": "На моём контроле", "all": "Все"}
SHOWN = [("open", "незакрытые"), ("overdue", "просроченные"), *TaskState.choices, ("", "любые")]
EMPTY = {
    "mine": "Вам ничего не поручено. Новое поручение придёт извещением.",
    "watched": "Здесь поручения, которые дали вы или которые вам дали на контроль.",
    "all": "Дайте первое поручение кнопкой «Новое поручение».",
}
HEADERS = [
    "Номер", "Поручение", "Кому", "Контроль", "Срок", "Состояние", "Кто поручил", "Пункт",
    "Результат",
]  # fmt: skip
FILE_ROWS = 5000


@require_GET
@desk()
def tasks(request: DeskRequest) -> HttpResponse:
    today = clock.today(request.municipality.tz)
    counts = queries.counts(request.access, today)
    view, state = _asked(request, counts)
    found = queries.listed(request.access, today, view=view, state=state)
    rows, following = page_of(found, request.GET.get("page", ""))
    pairs = {"view": view, "state": state}
    context = {
        "tabs": tabs(request, view, counts),
        "view": view,
        "states": [
            (label, f"?{urlencode({'view': view, 'state': value})}", value == state)
            for value, label in SHOWN
        ],
        "rows": [
            (one, light(one, today), (STATES[TaskState(one.state)], one.get_state_display()))
            for one in rows
        ],
        "empty_text": EMPTY[view],
        "next_url": f"?{urlencode({**pairs, 'page': following})}" if following else "",
        "first_url": f"?{urlencode(pairs)}" if request.GET.get("page") else "",
        "file_url": f"{reverse('desk:tasks_file')}?{urlencode(pairs)}",
        "instructs": request.access.may(Permission.INSTRUCT),
    }
    return render(request, "desk/tasks/tasks.html", context)


@require_GET
@desk()
def tasks_file(request: DeskRequest) -> HttpResponse:
    """The list as CSV for a spreadsheet, up to 5,000 rows."""
    today = clock.today(request.municipality.tz)
    view, state = _asked(request, {"all": 1})
    found = queries.listed(request.access, today, view=view, state=state)[:FILE_ROWS]
    out = StringIO()
    write_csv(out, HEADERS, [_line(one, today) for one in found])
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    name = quote(f"поручения-{today.isoformat()}.csv")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def tabs(request: DeskRequest, active: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    """Views of tasks, functions of the centre, and the control of the regulation."""
    base = reverse("desk:tasks")
    found: list[dict[str, Any]] = [
        {
            "label": LABELS[view],
            "url": f"{base}?view={view}",
            "active": view == active,
            "count": counts[view],
        }
        for view in VIEWS
    ]
    found.append(
        {
            "label": "Функции центра",
            "url": reverse("desk:functions"),
            "active": active == "functions",
        }
    )
    found.append({"label": "Состав", "url": reverse("desk:composition"), "active": False})
    if controls(request.access):
        found.append(
            {
                "label": "Исполнение положения",
                "url": reverse("desk:regulation_control"),
                "active": active == "regulation",
            }
        )
    return found


def controls(access: Access) -> bool:
    """Who may look how the regulation is carried out."""
    return access.allows(Permission.CONTROL) or access.allows(Permission.ORGANISE)


def page_of(found: QuerySet[Task], cursor: str) -> tuple[list[Task], str]:
    """One page by key (term, id), and the cursor of the next one."""
    if after := day_key_given(cursor):
        found = found.filter(Q(due_on__gt=after[0]) | Q(due_on=after[0], pk__gt=after[1]))
    rows = list(found[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return rows[:PAGE], cursor_of(last.due_on, last.pk) if last else ""


def _asked(request: DeskRequest, counts: dict[str, int]) -> tuple[str, str]:
    """The view and the state asked for; nobody begins with an empty list."""
    view, state = request.GET.get("view", ""), request.GET.get("state", "open")
    if view not in VIEWS:
        view = next((one for one in VIEWS if counts.get(one)), "all")
    return view, state if state in dict(SHOWN) else "open"


def _line(task: Task, today: date) -> list[str]:
    return [
        str(task.pk),
        task.text,
        task.owner_name,
        task.controller.short_name if task.controller else task.issued_label,
        f"{task.due_on:%d.%m.%Y}",
        f"{task.get_state_display()}; {light(task, today)[1]}",
        task.issued_label,
        task.clause,
        task.result,
    ]
