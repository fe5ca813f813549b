"""Words of the rating."""

from __future__ import annotations

from django.db import models


class PartName(models.TextChoices):
    """The four sides by which the regulations rank bodies."""

    QUANTITY = "quantity", "количество"
    SPEED = "speed", "скорость"
    QUALITY = "quality", "качество"
    COMPLETENESS = "completeness", "полнота"
