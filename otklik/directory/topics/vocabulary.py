"""Socially significant themes (социально значимые тематики; novoduginsky 1.1)."""

from __future__ import annotations

from django.db import models


class Theme(models.TextChoices):
    HEALTH = "health", "Здравоохранение"
    EDUCATION = "education", "Образование"
    SOCIAL = "social", "Социальная защита"
    HOUSING = "housing", "Жилищно-коммунальное хозяйство"
    WASTE = "waste", "Твёрдые коммунальные отходы"
    ROADS = "roads", "Дороги"
    TRANSPORT = "transport", "Транспорт"
    ENERGY = "energy", "Энергетика"
    OTHER = "other", "Иное"
