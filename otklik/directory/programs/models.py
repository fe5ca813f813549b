"""Programs of others, their keys, and what their repeated calls have made."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from otklik.directory.organisation.models import Body, Municipality, Role
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.programs.vocabulary import CALLS_PER_MINUTE


class Program(models.Model):
    """One program that comes in under a role; `stopped_at` is set for good."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="programs"
    )
    title = models.CharField("название", max_length=200)
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="programs")
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="programs"
    )
    permissions = ArrayField(
        models.CharField(max_length=40, choices=Permission.choices), verbose_name="права"
    )
    channels = ArrayField(
        models.CharField(max_length=20), verbose_name="каналы", default=list, blank=True
    )
    calls_per_minute = models.PositiveIntegerField("вызовов в минуту", default=CALLS_PER_MINUTE)
    basis = models.CharField("решение о подключении", max_length=300, blank=True)
    created_at = models.DateTimeField("допущена")
    created_label = models.CharField("кем", max_length=300)
    stopped_at = models.DateTimeField("доступ закрыт", null=True, blank=True)

    class Meta:
        verbose_name = "программа"
        verbose_name_plural = "программы"
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "title"], name="program_once")
        ]

    def __str__(self) -> str:
        return self.title


class ProgramKey(models.Model):
    """A key of which only the sum is known here. `window`, `calls`: the minute being counted."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="keys")
    start = models.CharField("первые знаки", max_length=20)
    digest = models.CharField("сумма", max_length=64, unique=True)
    created_at = models.DateTimeField("выдан")
    created_label = models.CharField("кем", max_length=300)
    expires_at = models.DateTimeField("действует до", null=True, blank=True)
    revoked_at = models.DateTimeField("отозван", null=True, blank=True)
    used_at = models.DateTimeField("последний вызов", null=True, blank=True)
    window = models.BigIntegerField("минута", default=0)
    calls = models.PositiveIntegerField("вызовов в эту минуту", default=0)

    class Meta:
        verbose_name = "ключ программы"
        verbose_name_plural = "ключи программ"
        ordering = ["-created_at"]


class RememberedCall(models.Model):
    """What a call with a key of idempotency made; `target_id` empty while it is being made."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    key = models.CharField("ключ повтора", max_length=200)
    digest = models.CharField("сумма запроса", max_length=64)
    target_id = models.BigIntegerField("что создано", null=True)
    made_at = models.DateTimeField("когда")

    class Meta:
        verbose_name = "запомненный вызов"
        verbose_name_plural = "запомненные вызовы"
        constraints = [
            models.UniqueConstraint(fields=["program", "key"], name="remembered_call_once")
        ]
