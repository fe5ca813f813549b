"""Who is told of what, and the ledger of what was told."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from otklik.coordination.webhooks.vocabulary import CaseNews, DeliveryState
from otklik.directory.programs.models import Program


class Subscription(models.Model):
    """News for one program; `secret` is sealed. `failures`: failed tries in a row."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="subscriptions")
    url = models.CharField("адрес", max_length=1000)
    news = ArrayField(
        models.CharField(max_length=40, choices=CaseNews.choices), verbose_name="о чём"
    )
    secret = models.TextField("ключ подписи (зашифрован)")
    personal = models.BooleanField("с персональными данными", default=False)
    created_at = models.DateTimeField("создана")
    created_label = models.CharField("кем", max_length=300)
    paused_at = models.DateTimeField("приостановлена", null=True, blank=True)
    pause_reason = models.CharField("почему", max_length=500, blank=True)
    ended_at = models.DateTimeField("прекращена", null=True, blank=True)
    failures = models.PositiveIntegerField("неудач подряд", default=0)

    class Meta:
        verbose_name = "подписка"
        verbose_name_plural = "подписки"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.url


class Delivery(models.Model):
    """One piece of news to one subscription. `body` holds no personal data."""

    uid = models.UUIDField("номер", default=uuid.uuid4, unique=True)
    subscription = models.ForeignKey(
        Subscription, on_delete=models.CASCADE, related_name="deliveries"
    )
    news = models.CharField("о чём", max_length=40)
    case_id = models.BigIntegerField("обращение", null=True)
    body = models.JSONField("содержание", default=dict)
    key = models.CharField("ключ", max_length=100)
    state = models.CharField("состояние", max_length=20, choices=DeliveryState.choices)
    attempts = models.PositiveIntegerField("попыток", default=0)
    tries_left = models.PositiveIntegerField("осталось попыток")
    created_at = models.DateTimeField("возникла")
    next_at = models.DateTimeField("следующая попытка", null=True)
    lease_until = models.DateTimeField("занято до", null=True)
    code = models.PositiveSmallIntegerField("код ответа", null=True)
    problem = models.CharField("ошибка", max_length=500, blank=True)

    class Meta:
        verbose_name = "оповещение"
        verbose_name_plural = "оповещения"
        constraints = [
            models.UniqueConstraint(fields=["subscription", "key"], name="delivery_once")
        ]
        indexes = [
            models.Index(fields=["subscription", "-id"], name="delivery_recent"),
            models.Index(fields=["next_at"], condition=Q(state="waiting"), name="delivery_waiting"),
        ]


class DeliveryTry(models.Model):
    """One call; `finished_at` empty means the sender died before it could tell."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="tries")
    number = models.PositiveIntegerField("попытка")
    started_at = models.DateTimeField("начата")
    finished_at = models.DateTimeField("закончена", null=True)
    code = models.PositiveSmallIntegerField("код ответа", null=True)
    detail = models.CharField("ответ", max_length=500, blank=True)
    milliseconds = models.PositiveIntegerField("мс", null=True)

    class Meta:
        verbose_name = "попытка оповещения"
        verbose_name_plural = "попытки оповещения"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "number"], name="delivery_try_once")
        ]
