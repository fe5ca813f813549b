"""Words of control: what is grouped, what is done to many cases at once, whom a step tells."""

from __future__ import annotations

from django.db import models


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


class RowState(models.TextChoices):
    WAITING = "waiting", "ждёт"
    DONE = "done", "сделано"
    REFUSED = "refused", "нельзя"


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


MOST_ROWS = 200
"""Cases in one bulk change."""
