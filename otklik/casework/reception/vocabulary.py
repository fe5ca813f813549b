"""Words of personal reception (59-ФЗ, art. 13)."""

from __future__ import annotations

from django.db import models


class VisitState(models.TextChoices):
    BOOKED = "booked", "записан"
    HELD = "held", "принят"
    MISSED = "missed", "не пришёл"
    CANCELLED = "cancelled", "запись отменена"


class BookedVia(models.TextChoices):
    SITE = "site", "через сайт"
    PHONE = "phone", "по телефону"
    DESK = "desk", "лично"


class Outcome(models.TextChoices):
    """What became of one question of the reception."""

    ORAL = "oral", "ответ дан устно с согласия гражданина (ч. 3)"
    WRITTEN = "written", "будет дан письменный ответ (ч. 3)"
    HANDED_IN = "handed_in", "принято письменное обращение (ч. 4)"
    NOT_OURS = "not_ours", "не в компетенции, разъяснено, куда обратиться (ч. 5)"
    ANSWERED = "answered", "отказано: ответ был дан ранее (ч. 6)"


REGISTERED = (Outcome.WRITTEN, Outcome.HANDED_IN)
"""Outcomes that make an обращение: registered and answered within the term."""


class Week(models.IntegerChoices):
    EVERY = 0, "каждую неделю"
    FIRST = 1, "первая неделя месяца"
    SECOND = 2, "вторая неделя месяца"
    THIRD = 3, "третья неделя месяца"
    FOURTH = 4, "четвёртая неделя месяца"


class Weekday(models.IntegerChoices):
    MONDAY = 0, "понедельник"
    TUESDAY = 1, "вторник"
    WEDNESDAY = 2, "среда"
    THURSDAY = 3, "четверг"
    FRIDAY = 4, "пятница"
    SATURDAY = 5, "суббота"
    SUNDAY = 6, "воскресенье"
