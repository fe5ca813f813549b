"""Words of the formal part of an appeal."""

from __future__ import annotations

from django.db import models


class MessageKind(models.TextChoices):
    """What the writer wants; the values are those of `otklik.language.essence`."""

    REQUEST = "request", "просьба"
    PROBLEM = "problem", "проблема"
    QUESTION = "question", "вопрос"
    COMPLAINT = "complaint", "жалоба"
    PROPOSAL = "proposal", "предложение"
    THANKS = "thanks", "благодарность"
    FACT = "fact", "сообщение о факте"


class ObjectKind(models.TextChoices):
    LANDMARK = "landmark", "объект города или села"
    HOUSE = "house", "дом"
    NETWORK = "network", "сеть"
    OTHER = "other", "иное"


class FormalState(models.TextChoices):
    PROPOSED = "proposed", "предложено"
    ENTERED = "entered", "внесено"
    CONFIRMED = "confirmed", "подтверждено"
