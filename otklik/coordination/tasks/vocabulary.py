"""Words of tasks."""

from __future__ import annotations

from django.db import models


class TaskState(models.TextChoices):
    NEW = "new", "новое"
    ACCEPTED = "accepted", "принято к исполнению"
    REPORTED = "reported", "исполнено, ждёт приёмки"
    RETURNED = "returned", "возвращено на доработку"
    DONE = "done", "снято с контроля"
    CANCELLED = "cancelled", "отменено"


OPEN = (TaskState.NEW, TaskState.ACCEPTED, TaskState.REPORTED, TaskState.RETURNED)
TO_DO = (TaskState.NEW, TaskState.ACCEPTED, TaskState.RETURNED)


class Recurrence(models.TextChoices):
    NONE = "none", "один раз"
    WEEKLY = "weekly", "каждую неделю"
    MONTHLY = "monthly", "каждый месяц"
    QUARTERLY = "quarterly", "каждый квартал"


class Light(models.TextChoices):
    """How a task stands to its term."""

    OVERDUE = "overdue", "просрочено"
    TODAY = "today", "срок сегодня"
    SOON = "soon", "срок на неделе"
    CALM = "calm", "в срок"
    WAITING = "waiting", "ждёт приёмки"
    CLOSED = "closed", "закрыто"


class Standing(models.TextChoices):
    """How a clause of the regulation is carried out; the order is that of the page."""

    OVERDUE = "overdue", "просрочено"
    VACANT = "vacant", "роль вакантна"
    NOTHING = "nothing", "не обеспечено"
    RUNNING = "running", "исполняется"
    FULFILLED = "fulfilled", "исполнено"


TASK = "task"
"""Subject of a task's files and records of the journal."""
FULFILMENT = "fulfilment"
