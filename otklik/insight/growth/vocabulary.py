"""Words of the room."""

from __future__ import annotations

from django.db import models


class Compare(models.TextChoices):
    """What a period is compared with."""

    PREVIOUS = "previous", "с прошлым периодом"
    LAST_YEAR = "last_year", "с тем же временем прошлого года"
