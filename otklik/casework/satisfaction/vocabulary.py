"""Words of satisfaction."""

from __future__ import annotations

from django.db import models


class By(models.TextChoices):
    BODY = "body", "По органам"
    TOPIC = "topic", "По темам"
    CHANNEL = "channel", "По каналам"
    WHO = "who", "По заявителям"
