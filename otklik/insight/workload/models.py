"""What a centre says of effort: norms of hours, shares of time, notes of time spent."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from otklik.casework.appeals.models import Appeal
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.topics.models import Topic
from otklik.insight.workload.vocabulary import NormSource, WorkKind


class EffortNorm(models.Model):
    """Hours of one piece of work: of a topic, of a group of topics, or (neither) in general."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(
        Topic, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    topic_group = models.CharField("группа тем", max_length=300, blank=True)
    kind = models.CharField("вид работы", max_length=10, choices=WorkKind.choices)
    hours = models.DecimalField("часов", max_digits=5, decimal_places=2)
    source = models.CharField("откуда", max_length=10, choices=NormSource.choices)
    sample = models.PositiveIntegerField("по скольким", default=0)
    set_at = models.DateTimeField("когда")
    set_label = models.CharField("кем", max_length=300)

    class Meta:
        verbose_name = "норма времени"
        verbose_name_plural = "нормы времени"
        ordering = ["topic_group", "topic__name", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "topic", "topic_group", "kind"],
                nulls_distinct=False,
                name="effort_norm_once",
            ),
            models.CheckConstraint(condition=Q(hours__gt=0), name="effort_norm_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.topic or self.topic_group or 'Общая норма'}: {self.hours} ч"


class TimeShare(models.Model):
    """Part of working time for appeals: of a person, of a body's people, or (neither) of all.

    `people` is how many work on appeals in a body whose people do not sign in.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    body = models.ForeignKey(
        Body, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    percent = models.PositiveSmallIntegerField("доля времени, %", default=50)
    people = models.PositiveSmallIntegerField("работников", null=True, blank=True)
    set_at = models.DateTimeField("когда")
    set_label = models.CharField("кем", max_length=300)

    class Meta:
        verbose_name = "доля рабочего времени"
        verbose_name_plural = "доли рабочего времени"
        ordering = ["body__order", "body__name", "account__full_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "body", "account"],
                nulls_distinct=False,
                name="time_share_once",
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=100), name="time_share_in_percent"
            ),
            models.CheckConstraint(
                condition=Q(body__isnull=True) | Q(account__isnull=True), name="time_share_of_one"
            ),
        ]


class TimeNote(models.Model):
    """Time somebody has spent on a case, as he noted it himself."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField("вид работы", max_length=10, choices=WorkKind.choices)
    minutes = models.PositiveIntegerField("минут")
    spent_on = models.DateField("день")
    noted_at = models.DateTimeField("отмечено")

    class Meta:
        verbose_name = "отметка времени"
        verbose_name_plural = "отметки времени"
        ordering = ["-spent_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=1), name="time_note_positive"),
        ]
        indexes = [
            models.Index(fields=["municipality", "spent_on"], name="time_note_day"),
        ]
