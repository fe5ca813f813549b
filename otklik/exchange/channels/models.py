"""Accounts of channels, what came through them, and the outbox with its delivery ledger."""

from __future__ import annotations

import secrets
import zlib

from django.db import models
from django.db.models import Q

from otklik.directory.organisation.models import Municipality
from otklik.exchange.channels.vocabulary import (
    ChannelKind,
    Disposition,
    EventState,
    InboundKind,
    OutboundState,
    Purpose,
    SendResult,
)


def new_hook_key() -> str:
    """The part of a webhook's address that nobody can guess."""
    return secrets.token_urlsafe(24)


class ChannelAccount(models.Model):
    """One mailbox, page or system that a centre is connected to; `secret` is sealed."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="channel_accounts"
    )
    kind = models.CharField("канал", max_length=20, choices=ChannelKind.choices)
    title = models.CharField("название", max_length=200)
    settings = models.JSONField("настройки", default=dict, blank=True)
    secret = models.TextField("секрет (зашифрован)", blank=True, default="")
    enabled = models.BooleanField("включён", default=True)
    basis = models.CharField("решение о подключении", max_length=300, blank=True, default="")
    cursor = models.JSONField("прочитано до", default=dict, blank=True)
    checked_at = models.DateTimeField("проверялся", null=True, blank=True)
    worked_at = models.DateTimeField("работал", null=True, blank=True)
    last_error = models.TextField("последняя ошибка", blank=True, default="")
    failures = models.PositiveIntegerField("ошибок подряд", default=0)
    findings = models.JSONField("найдено при проверке", default=list, blank=True)
    hook_key = models.CharField("ключ адреса событий", max_length=64, default=new_hook_key)
    poll_at = models.DateTimeField("следующее посещение", null=True, blank=True)
    poll_every = models.PositiveIntegerField("посещать раз в, секунд", default=60)

    class Meta:
        verbose_name = "канал"
        verbose_name_plural = "каналы"
        ordering = ["kind", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "kind", "title"], name="channel_account_once"
            )
        ]

    def __str__(self) -> str:
        return self.title


class InboundMessage(models.Model):
    """What came, as it came: the database refuses to change it. An edit is the next revision.

    Partitioned by `received_at` (migration 0001), hence plain integers in place of foreign keys.
    """

    id = models.BigAutoField(primary_key=True)
    received_at = models.DateTimeField("получено")
    taken_at = models.DateTimeField("принято системой")
    municipality_id = models.BigIntegerField("муниципалитет")
    account_id = models.BigIntegerField("канал")
    channel = models.CharField("вид канала", max_length=20, choices=ChannelKind.choices)
    kind = models.CharField("вид", max_length=20, choices=InboundKind.choices)
    external_id = models.CharField("номер в канале", max_length=500)
    revision = models.PositiveIntegerField("редакция", default=1)
    sender = models.CharField("отправитель", max_length=320, blank=True)
    sender_name = models.CharField("имя отправителя", max_length=300, blank=True)
    addressee = models.CharField("кому", max_length=320, blank=True)
    subject = models.CharField("тема", max_length=1000, blank=True)
    text = models.TextField("текст", blank=True)
    quoted = models.TextField("процитировано", blank=True)
    thread_key = models.CharField("переписка", max_length=500, blank=True)
    details = models.JSONField("подробности", default=dict)
    raw = models.BinaryField("как пришло (zlib)")
    disposition = models.CharField("что сделано", max_length=20, choices=Disposition.choices)
    reason = models.CharField("почему", max_length=500, blank=True)
    file_problems = models.JSONField("непринятые файлы", default=list)
    case_id = models.BigIntegerField("обращение", null=True)

    class Meta:
        verbose_name = "входящее сообщение"
        verbose_name_plural = "входящие сообщения"
        db_table = "channels_inbound"
        indexes = [
            models.Index(fields=["account_id", "-received_at"], name="inbound_account"),
            models.Index(
                fields=["municipality_id", "-received_at"],
                name="inbound_waiting",
                condition=Q(case_id__isnull=True),
            ),
            models.Index(fields=["case_id"], name="inbound_case"),
            models.Index(fields=["account_id", "sender", "-received_at"], name="inbound_sender"),
        ]

    @property
    def original(self) -> bytes:
        """The message byte for byte."""
        return zlib.decompress(bytes(self.raw))


class InboundKey(models.Model):
    """Makes repeats harmless across partitions: one row per (account, kind, external id)."""

    account = models.ForeignKey(ChannelAccount, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=InboundKind.choices)
    external_id = models.CharField(max_length=500)
    message_id = models.BigIntegerField(null=True)
    received_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)
    version = models.BigIntegerField(default=0)
    deleted_at = models.DateTimeField("удалено автором", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "kind", "external_id"], name="inbound_key_once"
            )
        ]


class OutboundMessage(models.Model):
    """One message of ours: a row of the outbox. `case_id` is a number, appeals lie above."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="outbound_messages"
    )
    case_id = models.BigIntegerField("обращение", null=True, blank=True)
    channel = models.CharField("канал", max_length=20, choices=ChannelKind.choices)
    account = models.ForeignKey(
        ChannelAccount, on_delete=models.PROTECT, null=True, blank=True, related_name="outbound"
    )
    purpose = models.CharField("назначение", max_length=20, choices=Purpose.choices)
    recipient = models.CharField("кому", max_length=320, blank=True)
    subject = models.CharField("тема", max_length=500, blank=True)
    text = models.TextField("текст")
    html = models.TextField("текст с разметкой", blank=True)
    attachment_ids = models.JSONField("файлы", default=list, blank=True)
    reply_to = models.JSONField("в ответ на", default=list, blank=True)
    target = models.JSONField("куда именно", default=dict, blank=True)
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    state = models.CharField("состояние", max_length=20, choices=OutboundState.choices)
    send_after = models.DateTimeField("отправить после")
    key = models.CharField("ключ", max_length=200, unique=True)
    attempts = models.PositiveSmallIntegerField("попыток", default=0)
    lease_until = models.DateTimeField("занято до", null=True, blank=True)
    last_error = models.TextField("ошибка", blank=True, default="")
    external_id = models.CharField("номер в канале", max_length=500, blank=True, default="")
    external_url = models.CharField("адрес размещения", max_length=1000, blank=True, default="")
    created_at = models.DateTimeField("создано")
    created_label = models.CharField("кем", max_length=300)
    exported_at = models.DateTimeField("выгружено", null=True, blank=True)
    sent_at = models.DateTimeField("отправлено", null=True, blank=True)

    class Meta:
        verbose_name = "исходящее сообщение"
        verbose_name_plural = "исходящие сообщения"
        indexes = [
            models.Index(fields=["case_id", "created_at"], name="outbound_case"),
            models.Index(
                fields=["send_after"],
                name="outbound_due",
                condition=Q(state__in=["held", "queued", "sending"]),
            ),
            models.Index(
                fields=["municipality", "channel", "created_at"],
                name="outbound_attention",
                condition=Q(state__in=["to_carry", "failed", "unconfirmed"]),
            ),
            models.Index(
                fields=["external_id"], name="outbound_external", condition=~Q(external_id="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.subject or self.recipient}"


class DeliveryAttempt(models.Model):
    """One try to send; `result` empty means the sender died before it could tell."""

    message = models.ForeignKey(
        OutboundMessage, on_delete=models.CASCADE, related_name="attempts_made"
    )
    number = models.PositiveSmallIntegerField("попытка")
    started_at = models.DateTimeField("начата")
    finished_at = models.DateTimeField("закончена", null=True, blank=True)
    result = models.CharField(
        "итог", max_length=20, choices=SendResult.choices, blank=True, default=""
    )
    detail = models.TextField("ответ службы", blank=True, default="")

    class Meta:
        verbose_name = "попытка доставки"
        verbose_name_plural = "попытки доставки"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["message", "number"], name="delivery_attempt_once")
        ]


class ChannelEvent(models.Model):
    """An event of a webhook as it came, kept until it is read; repeats are one row."""

    account = models.ForeignKey(ChannelAccount, on_delete=models.CASCADE, related_name="+")
    event_id = models.CharField(max_length=200)
    body = models.BinaryField()
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=EventState.choices, default=EventState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "событие канала"
        verbose_name_plural = "события каналов"
        constraints = [
            models.UniqueConstraint(fields=["account", "event_id"], name="channel_event_once")
        ]
        indexes = [
            models.Index(
                fields=["account", "id"], name="channel_event_waiting", condition=Q(state="waiting")
            ),
            models.Index(fields=["received_at"], name="channel_event_age"),
        ]


class Pace(models.Model):
    """How fast one token may be used, and whether the service is left alone after failures."""

    token = models.CharField("отпечаток ключа", max_length=64, unique=True)
    ready_at = models.DateTimeField("свободен с")
    failures = models.PositiveIntegerField("отказов подряд", default=0)
    closed_until = models.DateTimeField("не обращаться до", null=True)

    class Meta:
        verbose_name = "темп обращений"
        verbose_name_plural = "темпы обращений"


class PostFigures(models.Model):
    """Counters of one publication at one moment; empty where the service does not tell."""

    account = models.ForeignKey(ChannelAccount, on_delete=models.CASCADE, related_name="figures")
    external_id = models.CharField("номер публикации", max_length=200)
    moment = models.DateTimeField("когда")
    views = models.BigIntegerField("просмотры", null=True)
    likes = models.BigIntegerField("отметки «нравится»", null=True)
    reposts = models.BigIntegerField("пересылки", null=True)
    comments = models.BigIntegerField("комментарии", null=True)
    reach = models.BigIntegerField("охват", null=True)

    class Meta:
        verbose_name = "показатели публикации"
        verbose_name_plural = "показатели публикаций"
        constraints = [
            models.UniqueConstraint(
                fields=["account", "external_id", "moment"], name="post_figures_once"
            )
        ]
