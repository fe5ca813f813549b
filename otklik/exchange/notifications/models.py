"""Notices under the bell."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from otklik.directory.organisation.models import Municipality
from otklik.exchange.notifications.vocabulary import NoticeKind


class Notice(models.Model):
    """One thing told to one person. `key` makes a repeat of the same news harmless."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField("о чём", max_length=20, choices=NoticeKind.choices)
    text = models.CharField("текст", max_length=500)
    url = models.CharField("куда ведёт", max_length=500, blank=True)
    case_id = models.BigIntegerField("обращение", null=True, blank=True)
    key = models.CharField("ключ", max_length=200, blank=True, default="")
    created_at = models.DateTimeField("когда")
    read_at = models.DateTimeField("прочитано", null=True, blank=True)

    class Meta:
        verbose_name = "извещение"
        verbose_name_plural = "извещения"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "key"], condition=~Q(key=""), name="notice_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["account", "-id"], condition=Q(read_at__isnull=True), name="notice_unread"
            ),
            models.Index(fields=["account", "municipality", "-id"], name="notice_recent"),
        ]

    def __str__(self) -> str:
        return self.text
