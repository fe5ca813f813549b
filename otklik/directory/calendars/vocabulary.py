"""Words of the production calendar."""

from django.db import models


class DayKind(models.TextChoices):
    """What a date is for those who work office hours."""

    WORKING = "working", "рабочий день"
    SHORT = "short", "сокращённый рабочий день"
    DAY_OFF = "day_off", "выходной день"
    HOLIDAY = "holiday", "праздничный день"
