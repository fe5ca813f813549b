"""Socially significant themes (социально значимые тематики; novoduginsky 1.1)."""

from __future__ import annotations

from django.db import models


class Theme(models.TextChoices):
    """The themes a centre starts with; it keeps a list of its own from there."""

    HEALTH = "health", "Здравоохранение"
    EDUCATION = "education", "Образование"
    SOCIAL = "social", "Социальная защита"
    HOUSING = "housing", "Жилищно-коммунальное хозяйство"
    WASTE = "waste", "Твёрдые коммунальные отходы"
    ROADS = "roads", "Дороги"
    TRANSPORT = "transport", "Транспорт"
    ENERGY = "energy", "Энергетика"
    OTHER = "other", "Иное"


NOT_SIGNIFICANT = "none"
"""The mark of a case that belongs to no socially significant theme; «» is no mark yet."""

NOT_SIGNIFICANT_LABEL = "Не относится к социально значимым"
