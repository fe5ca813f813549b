"""What was let out: to everybody, to another centre, to a screen on a wall."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from otklik.directory.organisation.models import Municipality
from otklik.insight.heatmap.vocabulary import FileFormat


class PublicRelease(models.Model):
    """A quarter of the map for everybody, made once.

    `cells` are lists of place, topic, count, latitude and longitude.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    since = models.DateField("с")
    until = models.DateField("по")
    cells = models.JSONField("квадраты", default=list)
    made_at = models.DateTimeField("когда")

    class Meta:
        verbose_name = "открытая карта за квартал"
        verbose_name_plural = "открытые карты по кварталам"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "since"], name="public_release_once")
        ]


class Supply(models.Model):
    """Data of the map handed over by file; `digest` is the SHA-256 of the file."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    receiver = models.CharField("кому", max_length=300)
    purpose = models.CharField("для чего", max_length=300, blank=True)
    format = models.CharField("формат", max_length=10, choices=FileFormat.choices)
    query = models.TextField("условия")
    rows = models.PositiveIntegerField("строк")
    total = models.PositiveIntegerField("обращений")
    size = models.PositiveIntegerField("байт")
    digest = models.CharField("сумма файла", max_length=64)
    made_at = models.DateTimeField("когда")
    author_id = models.BigIntegerField("кто", null=True)
    author_label = models.CharField("кто (имя)", max_length=300)

    class Meta:
        verbose_name = "передача данных карты"
        verbose_name_plural = "передачи данных карты"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["municipality", "-id"], name="heatmap_supplies")]


class Screen(models.Model):
    """A link for a screen on a wall: shows numbers by the access of who made it, and no case."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    title = models.CharField("где стоит", max_length=200)
    digest = models.CharField("сумма ключа", max_length=64, unique=True)
    made_at = models.DateTimeField("когда")
    until = models.DateTimeField("действует до")
    revoked_at = models.DateTimeField("отключён", null=True, blank=True)
    seen_at = models.DateTimeField("был на связи", null=True, blank=True)

    class Meta:
        verbose_name = "экран на стене"
        verbose_name_plural = "экраны на стене"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title
