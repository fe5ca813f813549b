"""Words of calls."""

from __future__ import annotations

from django.db import models


class CallResult(models.TextChoices):
    REACHED = "reached", "дозвонились"
    NO_ANSWER = "no_answer", "не отвечает"
    BUSY = "busy", "занято"
    OFF = "off", "недоступен"
    WRONG = "wrong", "не тот номер"


class CallBackState(models.TextChoices):
    WAITING = "waiting", "перезвонить"
    REACHED = "reached", "дозвонились"
    GIVEN_UP = "given_up", "не дозвонились"
