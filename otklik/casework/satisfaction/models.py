"""The citizen's score of an answer, given by a link."""

from __future__ import annotations

from django.db import models

from otklik.casework.appeals.models import Appeal


class Survey(models.Model):
    """One question asked once per answer: 1–5, a comment, and whether to look again."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="surveys")
    reply_id = models.BigIntegerField("ответ", unique=True)
    token_hash = models.CharField("сумма", max_length=64, unique=True)
    asked_at = models.DateTimeField("спрошено")
    expires_at = models.DateTimeField("до")
    answered_at = models.DateTimeField("оценено", null=True, blank=True)
    score = models.PositiveSmallIntegerField("оценка", null=True, blank=True)
    comment = models.TextField("отзыв", blank=True)
    wants_reopening = models.BooleanField("просит вернуться к вопросу", default=False)

    class Meta:
        verbose_name = "оценка ответа"
        verbose_name_plural = "оценки ответов"
        indexes = [models.Index(fields=["appeal"], name="survey_appeal")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score__isnull=True) | models.Q(score__range=(1, 5)),
                name="score_1_to_5",
            )
        ]
