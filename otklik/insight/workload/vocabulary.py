"""Words of occupancy: kinds of work, where a norm comes from, how busy is busy."""

from __future__ import annotations

from django.db import models


class WorkKind(models.TextChoices):
    """Who does the work on a question; the same words as of an assignment."""

    MAIN = "main", "исполнение"
    CO = "co", "соисполнение"


class NormSource(models.TextChoices):
    PERSON = "person", "задана центром"
    HISTORY = "history", "оценена по истории"
    MEASURED = "measured", "по отметкам времени"


class Level(models.TextChoices):
    """How busy one is, in words."""

    OVER = "over", "перегрузка"
    FULL = "full", "в норме"
    SPARE = "spare", "есть запас"
    FEW = "few", "мало данных"
    NOBODY = "nobody", "некому работать"
