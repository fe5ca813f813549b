"""What the centre holds on ПОС, its options and results, comments, files of results."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from otklik.casework.appeals.models import Appeal
from otklik.casework.consultations.vocabulary import (
    CommentState,
    ConsultationKind,
    ConsultationState,
    ResultsFrom,
)
from otklik.directory.organisation.models import Municipality

FILES = "consultation"
"""The subject under which protocols are kept."""


class Consultation(models.Model):
    """One discussion, survey or vote; `number` and `link` are those it has on ПОС."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("вид", max_length=12, choices=ConsultationKind.choices)
    title = models.CharField("название", max_length=300)
    question = models.TextField("вопрос")
    several = models.BooleanField("можно выбрать несколько вариантов", default=False)
    starts_on = models.DateField("начало")
    ends_on = models.DateField("окончание")
    basis = models.CharField("основание", max_length=500)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(
        "состояние",
        max_length=12,
        choices=ConsultationState.choices,
        default=ConsultationState.DRAFT,
    )
    number = models.CharField("номер в ПОС", max_length=100, blank=True)
    link = models.URLField("ссылка на ПОС", max_length=1000, blank=True)
    participants = models.PositiveIntegerField("участников", null=True, blank=True)
    results_from = models.CharField(
        "откуда итоги", max_length=4, choices=ResultsFrom.choices, blank=True
    )
    results_at = models.DateTimeField("итоги внесены", null=True, blank=True)
    conclusion = models.TextField("что решено по итогам", blank=True)
    reason = models.CharField("почему отменено", max_length=500, blank=True)
    created_at = models.DateTimeField("создано")
    created_label = models.CharField("кем создано", max_length=300)
    exported_at = models.DateTimeField("файл для размещения", null=True, blank=True)
    placed_at = models.DateTimeField("размещено", null=True, blank=True)
    published_at = models.DateTimeField("итоги опубликованы", null=True, blank=True)

    class Meta:
        verbose_name = "мероприятие ПОС"
        verbose_name_plural = "мероприятия ПОС"
        indexes = [
            models.Index(fields=["municipality", "-ends_on", "-id"], name="consultation_recent"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="consultation_dates"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Option(models.Model):
    """One answer to choose; `votes` is empty until results are known."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="options")
    number = models.PositiveSmallIntegerField("по порядку")
    text = models.CharField("вариант", max_length=500)
    votes = models.PositiveIntegerField("голосов", null=True, blank=True)

    class Meta:
        verbose_name = "вариант ответа"
        verbose_name_plural = "варианты ответа"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="option_once")
        ]

    def __str__(self) -> str:
        return self.text


class Comment(models.Model):
    """What a participant wrote. The name of its author is kept only until it is decided upon."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="comments"
    )
    external_id = models.CharField("номер в ПОС", max_length=100)
    text = models.TextField("текст")
    author = models.CharField("автор", max_length=300, blank=True)
    said_at = models.DateTimeField("когда")
    state = models.CharField(
        "что сделано", max_length=8, choices=CommentState.choices, default=CommentState.WAITING
    )
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, null=True, related_name="+")
    decided_label = models.CharField("кто решил", max_length=300, blank=True)

    class Meta:
        verbose_name = "комментарий участника"
        verbose_name_plural = "комментарии участников"
        constraints = [
            models.UniqueConstraint(fields=["consultation", "external_id"], name="comment_once")
        ]
        indexes = [models.Index(fields=["consultation", "state", "-id"], name="comment_state")]


class ResultsFile(models.Model):
    """One file of results that was read: how many rows it held and which of them were refused."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="files")
    file_name = models.CharField("файл", max_length=255)
    read = models.PositiveIntegerField("прочитано строк")
    refused = models.PositiveIntegerField("не принято строк")
    problems = models.JSONField("что не так", default=list)
    counted = models.BooleanField("голоса приняты")
    comments = models.PositiveIntegerField("новых комментариев")
    loaded_at = models.DateTimeField("загружен")
    loaded_label = models.CharField("кем", max_length=300)

    class Meta:
        verbose_name = "файл итогов"
        verbose_name_plural = "файлы итогов"
        ordering = ["-pk"]
