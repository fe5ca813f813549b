"""Words of reports that bodies hand in."""

from __future__ import annotations

from django.db import models

from otklik.coordination.tasks.vocabulary import Recurrence


class FieldKind(models.TextChoices):
    NUMBER = "number", "число"
    TEXT = "text", "текст"
    CHOICE = "choice", "выбор из списка"
    TABLE = "table", "таблица"


class Counted(models.TextChoices):
    """Figures of a body that the system knows itself."""

    RECEIVED = "received", "поступило"
    ANSWERED = "answered", "дано ответов"
    IN_TIME = "in_time", "из них в срок"
    OVERDUE = "overdue", "просрочено"


class ReturnState(models.TextChoices):
    DUE = "due", "готовится"
    SUBMITTED = "submitted", "сдан, не проверен"
    RETURNED = "returned", "возвращён на доработку"
    ACCEPTED = "accepted", "принят"


TO_DO = (ReturnState.DUE, ReturnState.RETURNED)
HANDED_IN = (ReturnState.SUBMITTED, ReturnState.ACCEPTED)
TERMS = [(r.value, r.label) for r in (Recurrence.WEEKLY, Recurrence.MONTHLY, Recurrence.QUARTERLY)]
