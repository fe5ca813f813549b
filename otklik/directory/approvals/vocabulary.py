"""Words of approval routes."""

from __future__ import annotations

from django.db import models


class StepState(models.TextChoices):
    WAITING = "waiting", "ждёт очереди"
    PENDING = "pending", "ждёт решения"
    APPROVED = "approved", "согласовано"
    RETURNED = "returned", "возвращено"
    CANCELLED = "cancelled", "отменено"
