"""Words of the monthly package for ССТУ.РФ."""

from __future__ import annotations

from django.db import models


class SstuStatus(models.TextChoices):
    """The nine states of a question; always derived, never typed in."""

    NOT_RECEIVED = "NotReceived", "не поступило"
    NOT_REGISTERED = "NotRegistered", "не зарегистрировано"
    IN_WORK = "InWork", "находится на рассмотрении"
    EXPLAINED = "Explained", "рассмотрено: разъяснено"
    SUPPORTED = "Supported", "рассмотрено: поддержано"
    NOT_SUPPORTED = "NotSupported", "рассмотрено: не поддержано"
    TRANSFERRED = "Transferred", "направлено по компетенции"
    ANSWERED = "Answered", "дан ответ автору"
    LEFT = "LeftWithoutAnswer", "оставлено без ответа автору"


class Mend(models.TextChoices):
    """Where a refused item is put right."""

    CARD = "card", "карточка"
    SETTINGS = "settings", "настройки выгрузки"
