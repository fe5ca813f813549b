"""Assessments as they were made, recommendations and parts of recipients."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from otklik.coordination.tasks.models import Task
from otklik.directory.organisation.models import Body, Municipality
from otklik.insight.assessments.vocabulary import Kind, Sort, State, Step


class Assessment(models.Model):
    """One assessment of a period (ust-kubinsky:3.1.z, 3.1.i, pereslavl:1.1.3.g).

    `content` and `method` hold the numbers and the weights of the moment it was made and never
    change; made again for the same period, it is the next version beside the earlier ones.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("вид", max_length=10, choices=Kind.choices)
    since = models.DateField("с")
    until = models.DateField("по")
    version = models.PositiveSmallIntegerField("редакция", default=1)
    state = models.CharField("состояние", max_length=10, choices=State.choices, default=State.DRAFT)
    content = models.JSONField("содержание")
    method = models.JSONField("методика")
    words = models.TextField("выводы", blank=True)
    author_id = models.BigIntegerField("составитель", null=True, blank=True)
    author_label = models.CharField("кем составлена", max_length=300)
    made_at = models.DateTimeField("составлена")
    decided_at = models.DateTimeField("решение принято", null=True, blank=True)
    decided_label = models.CharField("кто решил", max_length=300, blank=True)
    remark = models.TextField("замечание", blank=True)
    published_at = models.DateTimeField("опубликована", null=True, blank=True)
    published_label = models.CharField("кто опубликовал", max_length=300, blank=True)

    class Meta:
        verbose_name = "оценка"
        verbose_name_plural = "оценки"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "kind", "since", "until", "version"],
                name="assessment_version_once",
            ),
            models.CheckConstraint(
                condition=Q(until__gte=models.F("since")), name="assessment_ends_after_start"
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "-made_at", "-id"], name="assessment_recent")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, редакция {self.version}"


class Recommendation(models.Model):
    """What is to be put first or done better, by whom and by when; followed to its end."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.CASCADE, related_name="recommendations"
    )
    sort = models.CharField("о чём", max_length=15, choices=Sort.choices)
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.TextField("рекомендация")
    ground = models.CharField("на чём основана", max_length=500, blank=True)
    due_on = models.DateField("исполнить до", null=True, blank=True)
    step = models.CharField("состояние", max_length=10, choices=Step.choices, default=Step.PLANNED)
    comment = models.TextField("что сделано", blank=True)
    task = models.OneToOneField(
        Task, on_delete=models.PROTECT, null=True, blank=True, related_name="recommendation"
    )
    changed_at = models.DateTimeField("когда изменена")
    changed_label = models.CharField("кто изменил", max_length=300)

    class Meta:
        verbose_name = "рекомендация оценки"
        verbose_name_plural = "рекомендации оценок"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]


class Part(models.Model):
    """What one recipient reads of the analysis by duties, and his proposal (pereslavl:1.1.3.g)."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="parts")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField("содержание")
    sent_at = models.DateTimeField("направлена", null=True, blank=True)
    sent_label = models.CharField("кто направил", max_length=300, blank=True)
    answer_by = models.DateField("предложения до", null=True, blank=True)
    proposal = models.TextField("предложения", blank=True)
    answered_at = models.DateTimeField("предложения даны", null=True, blank=True)
    answered_label = models.CharField("кто ответил", max_length=300, blank=True)

    class Meta:
        verbose_name = "часть получателя"
        verbose_name_plural = "части получателей"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "body"], name="assessment_part_once")
        ]

    def __str__(self) -> str:
        return f"Часть: {self.body}"
