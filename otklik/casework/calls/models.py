"""Calls that came, and calls to make."""

from __future__ import annotations

from django.db import models

from otklik.casework.appeals.models import Appeal
from otklik.casework.calls.vocabulary import CallBackState, CallResult
from otklik.directory.organisation.models import Municipality


class Call(models.Model):
    """One call as the operator wrote it down; `key` names one filling of the card."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="calls")
    key = models.CharField("ключ", max_length=64)
    phone = models.CharField("телефон", max_length=50, blank=True)
    text = models.TextField("что сказано")
    is_new = models.BooleanField("новое обращение")
    taken_at = models.DateTimeField("когда")
    taken_label = models.CharField("кто принял", max_length=300)

    class Meta:
        verbose_name = "звонок"
        verbose_name_plural = "звонки"
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="call_once")]


class CallBack(models.Model):
    """Somebody has to be rung; one open task on a case."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="call_backs")
    phone = models.CharField("телефон", max_length=50)
    about = models.CharField("о чём", max_length=500, blank=True)
    state = models.CharField(
        "состояние", max_length=10, choices=CallBackState.choices, default=CallBackState.WAITING
    )
    next_at = models.DateTimeField("когда звонить")
    tries = models.PositiveSmallIntegerField("попыток", default=0)
    asked_at = models.DateTimeField("поставлено")
    asked_label = models.CharField("кто поставил", max_length=300)
    closed_at = models.DateTimeField("закрыто", null=True, blank=True)

    class Meta:
        verbose_name = "обратный звонок"
        verbose_name_plural = "обратные звонки"
        constraints = [
            models.UniqueConstraint(
                fields=["appeal"],
                condition=models.Q(state=CallBackState.WAITING),
                name="call_back_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["municipality", "next_at"],
                condition=models.Q(state=CallBackState.WAITING),
                name="call_back_due",
            )
        ]


class CallTry(models.Model):
    """One attempt to reach the person."""

    call_back = models.ForeignKey(CallBack, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField("когда")
    result = models.CharField("итог", max_length=10, choices=CallResult.choices)
    note = models.CharField("что сказано", max_length=1000, blank=True)
    actor_label = models.CharField("кто звонил", max_length=300)

    class Meta:
        verbose_name = "попытка дозвониться"
        verbose_name_plural = "попытки дозвониться"
        ordering = ["pk"]
