"""Words of terms: what is due, in what it is counted, where its end moves."""

from __future__ import annotations

from django.db import models


class DeadlineKind(models.TextChoices):
    """What must be done by the date."""

    REGISTRATION = "registration", "регистрация"
    FORWARDING = "forwarding", "переадресация"
    ANSWER = "answer", "ответ"
    INTERIM = "interim", "промежуточный ответ"
    FINAL = "final", "окончательный ответ после промежуточного"


class Unit(models.TextChoices):
    CALENDAR_DAYS = "calendar_days", "календарные дни"
    WORKING_DAYS = "working_days", "рабочие дни"
    WORKING_HOURS = "working_hours", "рабочие часы"


class EndShift(models.TextChoices):
    """Where a term moves when it ends on a day off; the law is silent, so it is a setting."""

    PRECEDING = "preceding", "на предшествующий рабочий день"
    NEXT = "next", "на следующий рабочий день"
    AS_IS = "as_is", "не переносится"


class CountedFrom(models.TextChoices):
    RECEIPT = "receipt", "со дня поступления"
    REGISTRATION = "registration", "со дня регистрации"
    INTERIM = "interim", "со дня промежуточного ответа"
    ASSIGNMENT = "assignment", "со дня поручения"


class DeadlineState(models.TextChoices):
    RUNNING = "running", "идёт"
    PAUSED = "paused", "приостановлен"
    MET = "met", "исполнен в срок"
    MET_LATE = "met_late", "исполнен с нарушением срока"
    CANCELLED = "cancelled", "снят"


class TermStage(models.TextChoices):
    """For what an executor's own term is set: the whole assignment, or a stage of it."""

    WHOLE = "whole", "исполнение"
    DRAFT = "draft", "проект ответа"
    APPROVAL = "approval", "согласование"


class TermSetter(models.TextChoices):
    """Who sets terms of executors (ust-kubinsky:4.9)."""

    HEAD = "head", "руководитель МЦУ"
    ADMINISTRATOR = "administrator", "администратор МЦУ"


class RecountState(models.TextChoices):
    RUNNING = "running", "идёт"
    DONE = "done", "завершён"


class Urgency(models.TextChoices):
    """Where a running term stands on a given day."""

    OVERDUE = "overdue", "просрочено"
    TODAY = "today", "истекает сегодня"
    WEEK = "week", "истекает в ближайшие 7 дней"
    LATER = "later", "срок не скоро"


OPEN_STATES = (DeadlineState.RUNNING, DeadlineState.PAUSED)

EXTERNAL = "external"
"""The slug of the rule of a term that another system set."""
