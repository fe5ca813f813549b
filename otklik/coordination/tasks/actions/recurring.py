"""The next task of a row, and the tasks of recurring functions. Repeating changes nothing."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q

from otklik.base import clock
from otklik.coordination.tasks.actions.issuing import announce
from otklik.coordination.tasks.models import CentreFunction, Task
from otklik.coordination.tasks.rules import next_due, period_of
from otklik.coordination.tasks.vocabulary import Recurrence, TaskState
from otklik.directory.calendars.queries import calendar_for
from otklik.directory.organisation.rules import Access

LABEL = "Повторяющееся поручение"


def make_next(*, municipality_id: int, today: date) -> list[Task]:
    """The following task of each row whose last one is closed or past its term.

    Terms missed while the program stood still are not made up for: the next lies ahead.
    """
    access = Access.system(municipality_id, LABEL)
    ended = Q(state=TaskState.DONE) | Q(due_on__lt=today)
    with transaction.atomic():
        rows = Task.objects.select_for_update(of=("self",)).filter(
            ended, municipality_id=municipality_id, next__isnull=True
        )
        rows = rows.exclude(recurrence=Recurrence.NONE).exclude(state=TaskState.CANCELLED)
        made = []
        for task in rows.order_by("pk"):
            after = max(task.due_on, date.fromordinal(today.toordinal() - 1))
            due = next_due(task.first_due_on, task.recurrence, after)
            if due is not None:
                made.append(_following(task, due))
                announce(access, made[-1])
    return made


def _following(task: Task, due_on: date) -> Task:
    kept = (
        "municipality_id", "text", "expected", "issued_by_id", "issued_label", "owner_id",
        "owner_body_id", "owner_block_id", "owner_role_id", "controller_id", "first_due_on",
        "recurrence", "appeal_id", "clause",
    )  # fmt: skip
    values = {name: getattr(task, name) for name in kept}
    return Task.objects.create(follows=task, due_on=due_on, issued_at=clock.now(), **values)


def make_periodic(*, municipality_id: int, today: date) -> list[Task]:
    """A task of the current period for every recurring function; due on its last working day."""
    access = Access.system(municipality_id, "Функции центра")
    calendar = calendar_for(municipality_id)
    made = []
    rows = CentreFunction.objects.filter(municipality_id=municipality_id, is_active=True)
    with transaction.atomic():
        for function in rows.select_for_update(of=("self",)).select_related("owner_role"):
            period = period_of(function.recurrence, today)
            if period is None or function.tasks.filter(period=period.key).exists():
                continue
            due_on = max(calendar.previous_working(period.until), today)
            task = Task.objects.create(
                municipality_id=municipality_id,
                text=function.name,
                issued_label=function.act,
                issued_at=clock.now(),
                owner_role=function.owner_role,
                due_on=due_on,
                first_due_on=due_on,
                function=function,
                period=period.key,
                clause=function.clause,
            )
            announce(access, task)
            made.append(task)
    return made
