"""Drafts of answers with all their revisions, and templates."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from otklik.casework.appeals.models import Appeal, Question
from otklik.casework.appeals.vocabulary import Result
from otklik.casework.replies.vocabulary import (
    ActStage,
    ProposalKind,
    ProposalStatus,
    ReplyStatus,
)
from otklik.directory.organisation.models import Body, LegalAct, Municipality
from otklik.directory.topics.models import Topic


class Reply(models.Model):
    """The answer to an appeal; one is open at a time."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="replies")
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="replies"
    )
    status = models.CharField("состояние", max_length=20, choices=ReplyStatus.choices)
    text = models.TextField("текст")
    internal_note = models.TextField("для служебного пользования", blank=True)
    revision = models.PositiveSmallIntegerField("редакция", default=1)
    returns = models.PositiveSmallIntegerField("возвратов", default=0)
    checklist = models.JSONField("проверка качества", default=dict, blank=True)
    author_id = models.BigIntegerField("автор", null=True, blank=True)
    author_label = models.CharField("автор (имя)", max_length=300)
    number = models.CharField("исходящий номер", max_length=40, blank=True)
    created_at = models.DateTimeField("создан")
    signed_at = models.DateTimeField("подписан", null=True, blank=True)
    signed_label = models.CharField("кем подписан", max_length=300, blank=True)
    letter = models.JSONField("письмо, как подписано", default=dict, blank=True)
    sent_at = models.DateTimeField("отправлен", null=True, blank=True)
    outbound_id = models.BigIntegerField("исходящее сообщение", null=True, blank=True)
    acts = models.ManyToManyField(
        LegalAct, blank=True, related_name="replies", verbose_name="на какие акты ссылается"
    )

    class Meta:
        verbose_name = "ответ"
        verbose_name_plural = "ответы"
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["appeal"],
                condition=Q(status__in=["draft", "on_approval", "returned", "signed"]),
                name="one_open_reply",
            )
        ]


class ReplyRevision(models.Model):
    """A text as it stood when it was saved for approval; never edited."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField("редакция")
    text = models.TextField("текст")
    author_label = models.CharField("автор", max_length=300)
    created_at = models.DateTimeField("когда")

    class Meta:
        verbose_name = "редакция ответа"
        verbose_name_plural = "редакции ответа"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["reply", "number"], name="reply_revision_once")
        ]


class AnswerLink(models.Model):
    """A one-time link: an executor without a sign-in sees one case and drafts its answer."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="answer_links")
    body = models.ForeignKey(Body, on_delete=models.CASCADE)
    email = models.EmailField("кому")
    token_hash = models.CharField("сумма", max_length=64, unique=True)
    created_at = models.DateTimeField("создана")
    expires_at = models.DateTimeField("действует до")
    opened_at = models.DateTimeField("открыта", null=True, blank=True)
    used_at = models.DateTimeField("использована", null=True, blank=True)

    class Meta:
        verbose_name = "ссылка исполнителю"
        verbose_name_plural = "ссылки исполнителям"


class ReplyTemplate(models.Model):
    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE)
    title = models.CharField("название", max_length=200)
    topic = models.ForeignKey(Topic, on_delete=models.SET_NULL, null=True, blank=True)
    channel = models.CharField("канал", max_length=20, blank=True)
    result = models.CharField("результат", max_length=20, choices=Result.choices, blank=True)
    text = models.TextField("текст")
    is_active = models.BooleanField("предлагать", default=True)
    acts = models.ManyToManyField(
        LegalAct, blank=True, related_name="templates", verbose_name="на какие акты ссылается"
    )

    class Meta:
        verbose_name = "образец ответа"
        verbose_name_plural = "образцы ответов"
        ordering = ["title"]


class TextDraft(models.Model):
    """What a person has typed and not saved yet, kept by the server so that nothing is lost."""

    account_id = models.BigIntegerField("кто")
    place = models.CharField("где", max_length=120)
    text = models.TextField("текст")
    saved_at = models.DateTimeField("когда")

    class Meta:
        verbose_name = "несохранённый текст"
        verbose_name_plural = "несохранённые тексты"
        constraints = [models.UniqueConstraint(fields=["account_id", "place"], name="draft_once")]


class Proposal(models.Model):
    """A written proposal of several bodies' measures, or a drafted act, for the head to decide."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="proposals")
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    kind = models.CharField("вид", max_length=20, choices=ProposalKind.choices)
    title = models.CharField("название", max_length=300)
    text = models.TextField("текст")
    status = models.CharField("состояние", max_length=20, choices=ProposalStatus.choices)
    revision = models.PositiveSmallIntegerField("редакция", default=1)
    author_id = models.BigIntegerField("автор", null=True, blank=True)
    author_label = models.CharField("автор (имя)", max_length=300)
    created_at = models.DateTimeField("создано")
    submitted_at = models.DateTimeField("отправлено руководителю", null=True, blank=True)
    decided_at = models.DateTimeField("решено", null=True, blank=True)
    decided_label = models.CharField("кто решил", max_length=300, blank=True)
    decision_reason = models.TextField("обоснование решения", blank=True)
    stage = models.CharField("ход акта", max_length=20, choices=ActStage.choices, blank=True)
    act_number = models.CharField("номер акта", max_length=50, blank=True)
    act_date = models.DateField("дата акта", null=True, blank=True)

    class Meta:
        verbose_name = "предложение исполнителя"
        verbose_name_plural = "предложения исполнителей"
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["status", "submitted_at"], name="proposal_waiting")]

    def __str__(self) -> str:
        return f"{self.get_kind_display().capitalize()} «{self.title}»"


class ProposalMeasure(models.Model):
    """What one body would have to do, and by when."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="measures")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="proposed_measures")
    text = models.CharField("мера", max_length=500)
    due_on = models.DateField("срок", null=True, blank=True)

    class Meta:
        verbose_name = "предлагаемая мера"
        verbose_name_plural = "предлагаемые меры"
        ordering = ["pk"]


class ProposalRevision(models.Model):
    """What was sent to the head, as it stood; never edited."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField("редакция")
    title = models.CharField("название", max_length=300)
    text = models.TextField("текст")
    measures = models.JSONField("меры", default=list)
    author_label = models.CharField("автор", max_length=300)
    created_at = models.DateTimeField("когда")

    class Meta:
        verbose_name = "редакция предложения"
        verbose_name_plural = "редакции предложений"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="proposal_revision_once")
        ]


class QuestionReview(models.Model):
    """What the executor found when he had reviewed a question; result and topic stand in it."""

    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="review")
    cause = models.CharField("причина", max_length=500, blank=True)
    reviewed_at = models.DateTimeField("когда")
    reviewed_label = models.CharField("кто", max_length=300)

    class Meta:
        verbose_name = "итог рассмотрения"
        verbose_name_plural = "итоги рассмотрения"
