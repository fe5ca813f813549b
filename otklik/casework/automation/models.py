"""Rules that act by themselves, what each did, their register for other systems, mechanisms."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from otklik.casework.appeals.models import Appeal
from otklik.casework.automation.vocabulary import (
    AnswerMode,
    MechanismState,
    MirrorState,
    Platform,
    RuleState,
)
from otklik.casework.deadlines.vocabulary import Unit
from otklik.casework.replies.models import ReplyTemplate
from otklik.directory.organisation.models import Block, Body, Municipality
from otklik.directory.topics.models import Topic


class Mechanism(models.Model):
    """A fast-track mechanism: a topic's fixed route, short term and ready answer.

    One block: a sector mechanism; several: an inter-departmental one. `steps` are texts in order,
    `asked` the blocks of the running round of approval, in the order of its steps.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("название", max_length=200)
    purpose = models.TextField("зачем нужен", blank=True)
    owner_block = models.ForeignKey(
        Block, on_delete=models.PROTECT, related_name="own_mechanisms", null=True, blank=True
    )
    blocks = models.ManyToManyField(Block, related_name="mechanisms", blank=True)
    topics = models.ManyToManyField(Topic, related_name="mechanisms")
    channels = models.JSONField("каналы", default=list, blank=True)
    steps = models.JSONField("шаги", default=list, blank=True)
    unit = models.CharField("единица срока", max_length=20, choices=Unit.choices)
    amount = models.PositiveSmallIntegerField("срок")
    executor = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="mechanisms")
    co_executors = models.ManyToManyField(Body, related_name="co_mechanisms", blank=True)
    template = models.ForeignKey(
        ReplyTemplate, on_delete=models.PROTECT, null=True, blank=True, related_name="mechanisms"
    )
    answer = models.CharField(
        "готовый ответ", max_length=10, choices=AnswerMode.choices, default=AnswerMode.DRAFT
    )
    state = models.CharField(
        "состояние",
        max_length=10,
        choices=MechanismState.choices,
        default=MechanismState.DRAFT,
    )
    asked = models.JSONField("кого спросили", default=list, blank=True)
    proposed_label = models.CharField("кто предложил", max_length=300)
    proposed_at = models.DateTimeField("предложен")
    approved_label = models.CharField("кто утвердил", max_length=300, blank=True)
    approved_at = models.DateTimeField("утверждён", null=True, blank=True)
    on_since = models.DateTimeField("действует с", null=True, blank=True)
    off_since = models.DateTimeField("выключен с", null=True, blank=True)

    class Meta:
        verbose_name = "механизм ускоренного решения"
        verbose_name_plural = "механизмы ускоренного решения"
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["municipality", "state"], name="mechanism_state")]

    def __str__(self) -> str:
        return self.name


class AutoRule(models.Model):
    """«Автоправило»: a condition over a case and what to do then, in order with the others."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("название", max_length=200)
    note = models.TextField("зачем нужно", blank=True)
    order = models.PositiveSmallIntegerField("порядок", default=100)
    condition = models.JSONField("условия")
    acts = models.JSONField("действия")
    stop = models.BooleanField("дальше не применять", default=False)
    state = models.CharField(
        "состояние", max_length=5, choices=RuleState.choices, default=RuleState.OFF
    )
    since = models.DateField("действует с", null=True, blank=True)
    until = models.DateField("действует по", null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    mechanism = models.OneToOneField(
        Mechanism, on_delete=models.PROTECT, null=True, blank=True, related_name="rule"
    )
    version = models.PositiveIntegerField("редакция", default=1)
    first_on = models.DateTimeField("впервые включено", null=True, blank=True)
    saved_at = models.DateTimeField("изменено")

    class Meta:
        verbose_name = "автоправило"
        verbose_name_plural = "автоправила"
        ordering = ["order", "pk"]
        indexes = [
            models.Index(
                fields=["municipality", "order"],
                condition=Q(state=RuleState.ON),
                name="autorule_on",
            )
        ]

    def __str__(self) -> str:
        return self.name


class AutoRuleVersion(models.Model):
    """A rule as it stood after an edit; never changed."""

    rule = models.ForeignKey(AutoRule, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField("редакция")
    content = models.JSONField("правило")
    description = models.TextField("словами")
    author_label = models.CharField("кто", max_length=300)
    saved_at = models.DateTimeField("когда")

    class Meta:
        verbose_name = "редакция автоправила"
        verbose_name_plural = "редакции автоправил"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "number"], name="autorule_version_once")
        ]


class Firing(models.Model):
    """What a rule did with a case, once per rule and case; `wrong_at`: a person said it erred.

    `done` and `skipped` are lists of [kind of action, Russian words].
    """

    rule = models.ForeignKey(AutoRule, on_delete=models.PROTECT, related_name="firings")
    version = models.PositiveIntegerField("редакция")
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="firings")
    fired_at = models.DateTimeField("когда")
    why = models.JSONField("почему", default=list)
    done = models.JSONField("сделано", default=list)
    skipped = models.JSONField("не применено", default=list)
    body_id = models.BigIntegerField("назначенный орган", null=True, blank=True)
    stopped = models.BooleanField("остановило остальные", default=False)
    wrong_at = models.DateTimeField("ошиблось", null=True, blank=True)
    wrong_label = models.CharField("кто сказал", max_length=300, blank=True)
    wrong_note = models.CharField("в чём ошибка", max_length=500, blank=True)

    class Meta:
        verbose_name = "срабатывание автоправила"
        verbose_name_plural = "срабатывания автоправил"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "appeal"], name="rule_fires_once_on_a_case")
        ]
        indexes = [models.Index(fields=["rule", "fired_at"], name="firing_of_rule")]


class MirrorEntry(models.Model):
    """A rule that has to be entered by hand inside ПОС or ИМ, with its ready description.

    `version` is the version of our own rule the text was made of.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    rule = models.ForeignKey(
        AutoRule, on_delete=models.PROTECT, null=True, blank=True, related_name="mirrors"
    )
    version = models.PositiveIntegerField("редакция правила", default=0)
    platform = models.CharField("система", max_length=10, choices=Platform.choices)
    title = models.CharField("название", max_length=200)
    text = models.TextField("что внести")
    state = models.CharField(
        "состояние", max_length=10, choices=MirrorState.choices, default=MirrorState.TO_ENTER
    )
    remark = models.CharField("примечание", max_length=500, blank=True)
    made_at = models.DateTimeField("описано")
    entered_on = models.DateField("внесено", null=True, blank=True)
    entered_label = models.CharField("кем внесено", max_length=300, blank=True)

    class Meta:
        verbose_name = "правило для внешней системы"
        verbose_name_plural = "правила для внешних систем"
        ordering = ["platform", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "platform"],
                condition=Q(rule__isnull=False),
                name="mirror_once_per_platform",
            )
        ]
