"""Requests between the centre and the regional one, and remarks of the curator."""

from __future__ import annotations

from django.db import models

from otklik.casework.appeals.models import Appeal
from otklik.coordination.regional.vocabulary import Direction, ItemState
from otklik.directory.organisation.models import Municipality


class RegionalItem(models.Model):
    """A request on an appeal with its answer; its term is the term of the appeal."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="regional_items")
    direction = models.CharField("направление", max_length=5, choices=Direction.choices)
    text = models.TextField("запрос")
    author_id = models.BigIntegerField("кто внёс", null=True, blank=True)
    author_label = models.CharField("кто внёс (имя)", max_length=300)
    asked_at = models.DateTimeField("когда")
    state = models.CharField(
        "состояние", max_length=10, choices=ItemState.choices, default=ItemState.WAITING
    )
    answer = models.TextField("ответ", blank=True)
    answered_at = models.DateTimeField("отвечено", null=True, blank=True)
    answered_label = models.CharField("кто ответил", max_length=300, blank=True)

    class Meta:
        verbose_name = "запрос обмена с ЦУР"
        verbose_name_plural = "обмен с ЦУР"
        indexes = [models.Index(fields=["municipality", "state"], name="regional_state")]

    def __str__(self) -> str:
        return f"{self.get_direction_display()} по обращению №\u00a0{self.appeal.number}"


class Remark(models.Model):
    """What the curator noted on an item."""

    item = models.ForeignKey(RegionalItem, on_delete=models.CASCADE, related_name="remarks")
    text = models.TextField("замечание")
    author_label = models.CharField("кто", max_length=300)
    made_at = models.DateTimeField("когда")

    class Meta:
        verbose_name = "замечание"
        verbose_name_plural = "замечания"
        ordering = ["pk"]
