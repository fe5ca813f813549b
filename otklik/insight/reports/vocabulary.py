"""Words of reports."""

from __future__ import annotations

from django.db import models


class NoteStatus(models.TextChoices):
    DRAFT = "draft", "черновик"
    SIGNED = "signed", "подписано"
    HANDED_OVER = "handed_over", "передано"


class Way(models.TextChoices):
    """How a paper came to its addressee."""

    LETTER = "letter", "с сопроводительным письмом"
    SYSTEM = "system", "через систему электронного документооборота"
    MAIL = "mail", "по электронной почте"
    HANDS = "hands", "лично в руки"
    SITE = "site", "размещено на сайте"


class Shown(models.TextChoices):
    """Which papers a list shows."""

    ALL = "", "все"
    DRAFT = "draft", "черновики"
    SIGNED = "signed", "подписаны, не переданы"
    HANDED_OVER = "handed_over", "переданы"
    OVERDUE = "overdue", "просрочена передача"


WEEKLY = "weekly"
"""The kind of the analytical note; rows made before there were other kinds are of it."""
