"""Thread of a case, requests with a term, receipts, assignments handed back."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.teamwork.vocabulary import (
    EntryKind,
    GuestState,
    HandBackState,
    InvitationKind,
    Reaction,
    RequestKind,
    RequestState,
)
from otklik.directory.organisation.models import Block, Body, Municipality


class Entry(models.Model):
    """A note, a telephone talk or a letter of an executor: internal, never shown outside."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="teamwork_entries")
    kind = models.CharField("вид", max_length=10, choices=EntryKind.choices)
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.TextField("текст")
    counterpart = models.CharField("с кем", max_length=300, blank=True)
    number = models.CharField("телефон", max_length=50, blank=True)
    mentioned = ArrayField(models.BigIntegerField(), verbose_name="упомянуты", default=list)
    inbound_id = models.BigIntegerField("письмо", null=True, blank=True)
    happened_at = models.DateTimeField("когда было")
    author_id = models.BigIntegerField("автор", null=True, blank=True)
    author_label = models.CharField("автор (имя)", max_length=300)
    created_at = models.DateTimeField("записано")

    class Meta:
        verbose_name = "запись совместной работы"
        verbose_name_plural = "записи совместной работы"
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["appeal", "created_at"], name="teamwork_thread")]


class InfoRequest(models.Model):
    """One participant asks another, with a term; answered at the desk, by a link or by letter."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="info_requests")
    kind = models.CharField("вид", max_length=20, choices=RequestKind.choices)
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="info_requests"
    )
    email = models.CharField("почта", max_length=254, blank=True)
    text = models.TextField("что нужно")
    asker_id = models.BigIntegerField("кто спросил", null=True, blank=True)
    asker_label = models.CharField("кто спросил (имя)", max_length=300)
    asker_body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField("спрошено")
    due_at = models.DateTimeField("срок")
    state = models.CharField("состояние", max_length=20, choices=RequestState.choices)
    answer = models.TextField("ответ", blank=True)
    answered_at = models.DateTimeField("отвечено", null=True, blank=True)
    answered_label = models.CharField("кто ответил", max_length=320, blank=True)
    inbound_id = models.BigIntegerField("письмо с ответом", null=True, blank=True)
    reminded_on = models.DateField("напомнено", null=True, blank=True)

    class Meta:
        verbose_name = "запрос участнику"
        verbose_name_plural = "запросы участникам"
        ordering = ["due_at", "pk"]
        indexes = [
            models.Index(fields=["appeal", "asked_at"], name="info_request_case"),
            models.Index(
                fields=["municipality", "due_at"],
                condition=Q(state=RequestState.ASKED),
                name="info_request_open",
            ),
            models.Index(fields=["municipality", "-asked_at"], name="info_request_recent"),
        ]

    @property
    def addressee(self) -> str:
        return str(self.body) if self.body_id else self.email


class RequestLink(models.Model):
    """A one-time link to one request; every letter carries its own, an answer spends them all."""

    request = models.ForeignKey(InfoRequest, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField("сумма", max_length=64, unique=True)
    created_at = models.DateTimeField("создана")
    expires_at = models.DateTimeField("действует до")
    opened_at = models.DateTimeField("открыта", null=True, blank=True)
    outbound_id = models.BigIntegerField("письмо", null=True, blank=True)

    class Meta:
        verbose_name = "ссылка на запрос"
        verbose_name_plural = "ссылки на запросы"
        indexes = [models.Index(fields=["outbound_id"], name="request_link_letter")]


class Handling(models.Model):
    """How an executor met an assignment: when taken into work, when he first reacted."""

    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="handling")
    urgent_at = models.DateTimeField("передано срочно", null=True, blank=True)
    urgent_label = models.CharField("кто передал", max_length=300, blank=True)
    received_at = models.DateTimeField("принято в работу", null=True, blank=True)
    received_label = models.CharField("кто принял", max_length=300, blank=True)
    reacted_at = models.DateTimeField("первая реакция", null=True, blank=True)
    reaction = models.CharField(
        "какая реакция", max_length=20, choices=Reaction.choices, blank=True
    )

    class Meta:
        verbose_name = "ход поручения"
        verbose_name_plural = "ход поручений"


class HandBack(models.Model):
    """An executor says that a question is not his, and whose it is; the one who assigns decides."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="hand_backs")
    reason = models.TextField("почему не в компетенции")
    proposed = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    disputed = models.BooleanField("спор о компетенции", default=False)
    author_id = models.BigIntegerField("кто вернул", null=True, blank=True)
    author_label = models.CharField("кто вернул (имя)", max_length=300)
    created_at = models.DateTimeField("возвращено")
    state = models.CharField("состояние", max_length=20, choices=HandBackState.choices)
    decided_at = models.DateTimeField("решено", null=True, blank=True)
    decided_label = models.CharField("кто решил", max_length=300, blank=True)
    decision_reason = models.TextField("обоснование", blank=True)
    given_to = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "возврат поручения"
        verbose_name_plural = "возвраты поручений"
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(state=HandBackState.WAITING),
                name="one_waiting_hand_back",
            )
        ]
        indexes = [
            models.Index(
                fields=["municipality", "created_at"],
                condition=Q(state=HandBackState.WAITING),
                name="hand_back_waiting",
            )
        ]


class Invitation(models.Model):
    """A meeting or a reception to which heads of sector blocks are asked (tuapse:3.5.1)."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("куда", max_length=20, choices=InvitationKind.choices)
    starts_at = models.DateTimeField("начало")
    minutes = models.PositiveSmallIntegerField("минут", default=60)
    place = models.CharField("место", max_length=300)
    agenda = models.TextField("повестка")
    inviter_label = models.CharField("кто пригласил", max_length=300)
    created_at = models.DateTimeField("отправлено")
    cancelled_at = models.DateTimeField("отменено", null=True, blank=True)

    class Meta:
        verbose_name = "приглашение"
        verbose_name_plural = "приглашения"
        ordering = ["-starts_at", "-pk"]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class InvitationGuest(models.Model):
    """One block asked to come, and what its head or whoever answers for him said."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="guests")
    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        "ответ", max_length=10, choices=GuestState.choices, default=GuestState.ASKED
    )
    remark = models.CharField("пояснение", max_length=300, blank=True)
    answered_at = models.DateTimeField("когда ответил", null=True, blank=True)
    answered_label = models.CharField("кто ответил", max_length=300, blank=True)

    class Meta:
        verbose_name = "приглашённый блок"
        verbose_name_plural = "приглашённые блоки"
        ordering = ["block__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["invitation", "block"], name="block_invited_once")
        ]
