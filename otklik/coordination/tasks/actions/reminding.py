"""Reminders: to the owner the working day before and when overdue, to the controller then too."""

from __future__ import annotations

from datetime import date

from otklik.coordination.tasks.actions.common import tell_controller, tell_owners, tell_people
from otklik.coordination.tasks.models import Task
from otklik.coordination.tasks.vocabulary import TO_DO
from otklik.directory.calendars.queries import calendar_for
from otklik.directory.organisation.queries import holders_of
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.notifications.vocabulary import NoticeKind


def remind(*, municipality_id: int, today: date) -> int:
    """Tell of terms near and missed; how many tasks were looked at. Each news goes once."""
    calendar = calendar_for(municipality_id)
    if not calendar.is_working(today):
        return 0
    horizon = calendar.add_working_days(today, 1)
    rows = Task.objects.filter(municipality_id=municipality_id, state__in=TO_DO)
    near = list(rows.filter(due_on__gt=today, due_on__lte=horizon))
    late = list(rows.filter(due_on__lt=today))
    for task in near:
        said = f"Срок поручения №\u00a0{task.pk}\u00a0— {task.due_on:%d.%m.%Y}: {task.text}"
        tell_owners(task, NoticeKind.DUE_SOON, said, f"task:{task.pk}:soon:{task.due_on}")
    for task in late:
        _overdue(task, today)
    return len(near) + len(late)


def _overdue(task: Task, today: date) -> None:
    said = f"Поручение №\u00a0{task.pk} просрочено, срок был {task.due_on:%d.%m.%Y}: {task.text}"
    key = f"task:{task.pk}:late:{task.due_on}"
    tell_owners(task, NoticeKind.OVERDUE, said, key)
    if task.controller_id or task.issued_by_id:
        tell_controller(task, NoticeKind.OVERDUE, said, f"{key}:control")
        return
    # A function's task has no issuer: those who instruct the whole centre watch it.
    heads = holders_of(Permission.INSTRUCT, task.municipality_id, today)
    tell_people(
        task, heads.values_list("pk", flat=True), NoticeKind.OVERDUE, said, f"{key}:control"
    )
