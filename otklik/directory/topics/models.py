"""Classifiers in editions: codes move between editions, so a code always names its edition."""

from __future__ import annotations

from django.db import models

from otklik.directory.organisation.models import Block, Municipality
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


class SocialTheme(models.Model):
    """A socially significant theme as a centre keeps it (novoduginsky 1.1).

    A centre without rows has those of `vocabulary.Theme`: they are written down when the list is
    first changed. `blocks`: the sector blocks formed on the theme.
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="social_themes"
    )
    slug = models.SlugField(max_length=20)
    name = models.CharField("название", max_length=150)
    outside_name = models.CharField("название в BI ЦУР", max_length=150, blank=True)
    order = models.PositiveSmallIntegerField("порядок", default=0)
    in_use = models.BooleanField("действует", default=True)
    blocks = models.ManyToManyField(Block, related_name="themes", blank=True)

    class Meta:
        verbose_name = "социально значимая тематика"
        verbose_name_plural = "социально значимые тематики"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "slug"], name="social_theme_once")
        ]

    def __str__(self) -> str:
        return self.name


class TopicTheme(models.Model):
    """What a centre has said of a topic: a slug of its themes, or «none»."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="said_themes")
    theme = models.CharField("тематика", max_length=20)

    class Meta:
        verbose_name = "тематика темы"
        verbose_name_plural = "тематики тем"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "topic"], name="topic_theme_once")
        ]
