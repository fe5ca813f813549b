"""Identifiers for the exchange, codes of own topics, and packages that were made."""

from __future__ import annotations

from typing import Any

from django.db import models

from otklik.directory.organisation.models import Municipality
from otklik.directory.topics.models import Topic


class Sender(models.Model):
    """The identifier under which the municipality reports."""

    municipality = models.OneToOneField(Municipality, on_delete=models.CASCADE, related_name="+")
    department_id = models.UUIDField("идентификатор ССТУ муниципалитета")

    class Meta:
        verbose_name = "отправитель в ССТУ.РФ"
        verbose_name_plural = "отправители в ССТУ.РФ"


class Addressee(models.Model):
    """The identifier of a recipient outside the directory of bodies, by its name."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    name = models.CharField("адресат", max_length=300)
    department_id = models.UUIDField("идентификатор ССТУ")

    class Meta:
        verbose_name = "адресат ССТУ.РФ"
        verbose_name_plural = "адресаты ССТУ.РФ"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="sstu_addressee_once")
        ]


class TopicCode(models.Model):
    """The classifier code of a topic that has none of its own."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    code = models.CharField("код классификатора", max_length=24)

    class Meta:
        verbose_name = "код темы"
        verbose_name_plural = "коды тем"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "topic"], name="sstu_topic_once")
        ]


class ExportRun(models.Model):
    """One package of one month. Its files hang on it as attachments."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    month = models.DateField("месяц")
    made_at = models.DateTimeField("составлен")
    made_by = models.CharField("кем составлен", max_length=300)
    appeals = models.PositiveIntegerField("обращений", default=0)
    questions = models.PositiveIntegerField("вопросов", default=0)
    held_back = models.PositiveIntegerField("не вошло обращений", default=0)
    states = models.JSONField("по состояниям", default=dict)
    refusals = models.JSONField("что не вошло", default=list)
    items = models.JSONField("состав", default=dict)
    changes = models.JSONField("отличия от прежнего пакета", default=dict)

    class Meta:
        verbose_name = "пакет для ССТУ.РФ"
        verbose_name_plural = "пакеты для ССТУ.РФ"
        indexes = [
            models.Index(fields=["municipality", "month", "-id"], name="sstu_month"),
            models.Index(fields=["municipality", "-id"], name="sstu_recent"),
        ]

    def same_as(self, items: dict[str, Any], refusals: list[Any]) -> bool:
        return bool(self.items == items and self.refusals == refusals)
