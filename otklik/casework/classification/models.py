"""Topic models as versioned artefacts, suggestions with reasons, corrections kept."""

from __future__ import annotations

from django.db import models

from otklik.casework.appeals.models import Appeal
from otklik.directory.organisation.models import Municipality
from otklik.directory.topics.models import Topic


class TopicModelVersion(models.Model):
    """A trained model in the safe format of `otklik.language.classifier`, with its card."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE)
    trained_at = models.DateTimeField("обучена")
    artefact = models.BinaryField("модель")
    card = models.JSONField("карточка", default=dict)
    is_current = models.BooleanField("действует", default=False)

    class Meta:
        verbose_name = "модель тем"
        verbose_name_plural = "модели тем"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality"],
                condition=models.Q(is_current=True),
                name="one_current_topic_model",
            )
        ]


class Suggestion(models.Model):
    """What the engine proposed for an appeal when it came, with the words that spoke for it."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="suggestions")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE)
    rank = models.PositiveSmallIntegerField("место")
    confidence = models.FloatField("уверенность, 0–1")
    reasons = models.JSONField("слова", default=list)

    class Meta:
        verbose_name = "подсказка темы"
        verbose_name_plural = "подсказки тем"
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["appeal", "rank"], name="suggestion_rank_once")
        ]


class Correction(models.Model):
    """What a person chose where the engine had suggested."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="corrections")
    suggested = models.ForeignKey(Topic, on_delete=models.SET_NULL, null=True, related_name="+")
    chosen = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    chosen_at = models.DateTimeField("когда")

    class Meta:
        verbose_name = "исправление темы"
        verbose_name_plural = "исправления тем"
