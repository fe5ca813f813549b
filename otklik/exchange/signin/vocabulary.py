"""Words of signing in elsewhere."""

from __future__ import annotations

from django.db import models


class DoorKind(models.TextChoices):
    OIDC = "oidc", "OpenID Connect (учётные записи организации)"
    ESIA = "esia", "ЕСИА (Госуслуги)"
