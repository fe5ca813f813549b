"""Classifiers in editions: codes move between editions, so a code always names its edition."""

from __future__ import annotations

from django.db import models

from otklik.directory.organisation.models import Municipality
from otklik.directory.topics.vocabulary import Theme


class Edition(models.Model):
    """The all-Russian classifier of a date (municipality empty), or a centre's own list."""

    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="editions",
    )
    slug = models.SlugField(max_length=60)
    title = models.CharField("название", max_length=300)
    issued_on = models.DateField("дата", null=True, blank=True)

    class Meta:
        verbose_name = "редакция классификатора"
        verbose_name_plural = "редакции классификаторов"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "slug"],
                name="edition_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.title


class Topic(models.Model):
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="topics")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    code = models.CharField("код", max_length=40)
    name = models.CharField("название", max_length=500)
    group = models.CharField("группа", max_length=300, blank=True)
    theme = models.CharField("тематика", max_length=20, choices=Theme.choices, blank=True)
    keywords = models.TextField("слова", blank=True)
    in_use = models.BooleanField("предлагать", default=True)

    class Meta:
        verbose_name = "тема"
        verbose_name_plural = "темы"
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="topic_code_once")]

    def __str__(self) -> str:
        return self.name


class TopicAlias(models.Model):
    """How another system's export names a topic of ours."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="topic_aliases"
    )
    source = models.CharField("система", max_length=30)
    name = models.CharField("название в системе", max_length=500)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="aliases")

    class Meta:
        verbose_name = "соответствие темы"
        verbose_name_plural = "соответствия тем"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "source", "name"], name="topic_alias_once"
            )
        ]
