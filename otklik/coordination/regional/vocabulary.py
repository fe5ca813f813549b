"""Words of the exchange with the regional control centre."""

from __future__ import annotations

from django.db import models


class Direction(models.TextChoices):
    FROM = "from", "запрос ЦУР"
    TO = "to", "запрос в ЦУР"


class ItemState(models.TextChoices):
    WAITING = "waiting", "ждёт ответа"
    ANSWERED = "answered", "отвечено"


ADDRESS = "regional_centre_email"
"""The municipality's setting: the mailbox of the ЦУР."""
