"""What other programs may be allowed."""

from __future__ import annotations

from django.db import models

from otklik.directory.organisation.vocabulary import Permission

OFFERED = (Permission.VIEW_APPEALS, Permission.VIEW_PERSONAL, Permission.REGISTER)
"""The rights that the programs' door has a use for."""

CALLS_PER_MINUTE = 120
MOST_CALLS_PER_MINUTE = 6000


class NoteKind(models.TextChoices):
    """What technical staff write down about a program and those who keep it (dedovichi:14.4)."""

    ACCESS = "access", "запрос доступа"
    KEY = "key", "ключи и сертификаты"
    FORMAT = "format", "формат обмена"
    FAILURE = "failure", "сбой"
    OTHER = "other", "иное"
