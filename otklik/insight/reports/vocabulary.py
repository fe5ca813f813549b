"""Words of notes."""

from __future__ import annotations

from django.db import models


class NoteStatus(models.TextChoices):
    DRAFT = "draft", "черновик"
    SIGNED = "signed", "подписана"
    HANDED_OVER = "handed_over", "передана"
