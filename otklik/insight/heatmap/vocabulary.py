"""Words of the heat map."""

from __future__ import annotations

from django.db import models


class View(models.TextChoices):
    """What the cases are put together by."""

    DISTRICTS = "districts", "территории"
    PLACES = "places", "населённые пункты"
    HEXAGONS = "hexagons", "ячейки"
    POINTS = "points", "точки"


class Shade(models.TextChoices):
    """What the colour and the number on the map say."""

    COUNT = "count", "число обращений"
    PER_1000 = "per_1000", "на 1000 жителей"
    CHANGE = "change", "к прошлому периоду"
    OPEN = "open", "в работе"
    OVERDUE = "overdue", "просрочено"
    OVERDUE_SHARE = "overdue_share", "доля просроченных"


class Step(models.TextChoices):
    """How long one frame of the playback is."""

    DAY = "day", "по дням"
    WEEK = "week", "по неделям"
    MONTH = "month", "по месяцам"


class FileFormat(models.TextChoices):
    GEOJSON = "geojson", "GeoJSON"
    CSV = "csv", "CSV"
    XLSX = "xlsx", "XLSX"


PEOPLED = (View.DISTRICTS, View.PLACES)
"""Where the number of residents is known."""
