"""Words of control: what is grouped, what is done to many cases at once, whom a step tells."""

from __future__ import annotations

from datetime import timedelta

from django.db import models

from otklik.directory.organisation.vocabulary import Permission


class By(models.TextChoices):
    """How the page of terms is grouped."""

    BODY = "body", "По органам"
    PERSON = "person", "По сотрудникам"
    BLOCK = "block", "По блокам"
    SETTLEMENT = "settlement", "По населённым пунктам"
    CHANNEL = "channel", "По каналам"


class BulkVerb(models.TextChoices):
    EXTEND = "extend", "продлить срок"
    REASSIGN = "reassign", "переназначить"
    REMIND = "remind", "напомнить"


class BulkState(models.TextChoices):
    HELD = "held", "ещё можно отменить"
    RUNNING = "running", "выполняется"
    DONE = "done", "выполнено"
    CANCELLED = "cancelled", "отменено"
    UNDOING = "undoing", "отменяется"
    UNDONE = "undone", "отменено после выполнения"


class RowState(models.TextChoices):
    WAITING = "waiting", "ждёт"
    DONE = "done", "сделано"
    REFUSED = "refused", "нельзя"
    RETURNED = "returned", "возвращено"
    KEPT = "kept", "осталось"


class Side(models.TextChoices):
    BEFORE = "before", "до срока"
    AFTER = "after", "после срока"


class StepUnit(models.TextChoices):
    DAYS = "days", "рабочих дней"
    HOURS = "hours", "рабочих часов"


class Addressee(models.TextChoices):
    EXECUTOR = "executor", "исполнитель"
    ROLE = "role", "роль в органе, блоке или центре исполнителя"
    PERSON = "person", "названный сотрудник"
    CONTROL = "control", "все, кто контролирует сроки этого органа"


RIGHTS = {
    BulkVerb.EXTEND: Permission.EXTEND,
    BulkVerb.REASSIGN: Permission.ASSIGN,
    BulkVerb.REMIND: Permission.CONTROL,
}
"""The right by which a change is made and undone."""

UNDO_WITHIN = timedelta(hours=24)
"""How long a finished change can be undone: a mistake is seen on the day or the next morning;
later the new executor is at work, and what was told to citizens is relied upon."""

MOST_ROWS = 200
"""Cases in one bulk change."""
