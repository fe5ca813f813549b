"""Kinds of places."""

from __future__ import annotations

from django.db import models


class SettlementKind(models.TextChoices):
    CITY = "city", "город"
    TOWN = "town", "посёлок городского типа"
    WORKERS = "workers", "посёлок"
    VILLAGE = "village", "село"
    HAMLET = "hamlet", "деревня"
    STANITSA = "stanitsa", "станица"
    KHUTOR = "khutor", "хутор"
    SETTLEMENT = "settlement", "сельское поселение"
    URBAN_SETTLEMENT = "urban_settlement", "городское поселение"
    GARDENS = "gardens", "СНТ"
    OTHER = "other", "иное"
