"""Topic models as versioned artefacts, suggestions with reasons, corrections kept."""

from __future__ import annotations

from django.db import models

from otklik.casework.appeals.models import Appeal
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Municipality
from otklik.directory.topics.models import Topic


class TopicModelVersion(models.Model):
    """A trained model in the safe format of `otklik.language.classifier`, with its card."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE)
    trained_at = models.DateTimeField("обучена")
    artefact = models.BinaryField("модель")
    card = models.JSONField("карточка", default=dict)
    is_current = models.BooleanField("действует", default=False)
    held_back = models.PositiveIntegerField("отложенных решений", default=0)
    foreseen = models.PositiveIntegerField("предсказано верно", default=0)
    foreseen_before = models.PositiveIntegerField("верно у прежней", default=0)
    verdict = models.TextField("почему", blank=True, default="")

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
    filed_alone = models.BooleanField("поставлена без человека", default=False)

    class Meta:
        verbose_name = "подсказка темы"
        verbose_name_plural = "подсказки тем"
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["appeal", "rank"], name="suggestion_rank_once")
        ]


class Correction(models.Model):
    """What a person chose where the engine had suggested: `confidence` of its first word, `rank`
    of the chosen one among the suggested (null: not among them)."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="corrections")
    suggested = models.ForeignKey(Topic, on_delete=models.SET_NULL, null=True, related_name="+")
    chosen = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    chosen_at = models.DateTimeField("когда")
    chosen_by = models.ForeignKey(
        Account, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="кто"
    )
    confidence = models.FloatField("уверенность, 0–1", null=True)
    rank = models.PositiveSmallIntegerField("место среди подсказок", null=True)

    class Meta:
        verbose_name = "исправление темы"
        verbose_name_plural = "исправления тем"
        indexes = [models.Index(fields=["chosen_at"], name="correction_moment")]
