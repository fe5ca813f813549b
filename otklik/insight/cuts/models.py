"""Cuts people set up and keep, their schedule, and numbers frozen on a date."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from otklik.insight.cuts.vocabulary import (
    Against,
    Audience,
    Counted,
    Dimension,
    Measure,
    Picture,
    Rolling,
    Share,
    SupplyForm,
)


class SavedCut(models.Model):
    """What to cut and how, under a name; counted anew, with the reader's right, when opened.

    `filter` holds the words of the list filter and the conditions only facts know.
    """

    municipality = models.ForeignKey(
        "organisation.Municipality", on_delete=models.CASCADE, related_name="+"
    )
    account_id = models.BigIntegerField("кто сохранил", null=True)
    author_label = models.CharField("имя сохранившего", max_length=300, blank=True)
    name = models.CharField("название", max_length=200)
    rows = models.CharField("строки", max_length=20, choices=Dimension.choices)
    columns = models.CharField("столбцы", max_length=20, choices=Dimension.choices, blank=True)
    measure = models.CharField("показатель", max_length=20, choices=Measure.choices)
    measures = models.JSONField("показатели рядом", default=list, blank=True)
    counted = models.CharField("считаются", max_length=20, choices=Counted.choices)
    filter = models.JSONField("отбор", default=dict, blank=True)
    rolling = models.CharField("период", max_length=10, choices=Rolling.choices, blank=True)
    against = models.CharField(
        "сравнение", max_length=10, choices=Against.choices, default=Against.PREVIOUS
    )
    share = models.CharField("доли", max_length=10, choices=Share.choices, blank=True)
    picture = models.CharField(
        "диаграмма", max_length=10, choices=Picture.choices, default=Picture.BARS
    )
    audience = models.CharField(
        "кому открыт", max_length=10, choices=Audience.choices, default=Audience.OWN
    )
    role = models.ForeignKey(
        "organisation.Role", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    readers = ArrayField(models.BigIntegerField(), verbose_name="названные", default=list)
    saved_at = models.DateTimeField("когда")

    class Meta:
        verbose_name = "сохранённый разрез"
        verbose_name_plural = "сохранённые разрезы"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "account_id", "name"],
                nulls_distinct=False,
                name="cuts_name_once",
            )
        ]

    def __str__(self) -> str:
        return self.name


class CutPin(models.Model):
    """One's wish to see a cut on one's board."""

    cut = models.ForeignKey(SavedCut, on_delete=models.CASCADE, related_name="pins")
    account_id = models.BigIntegerField("чей пульт")

    class Meta:
        verbose_name = "закреплённый разрез"
        verbose_name_plural = "закреплённые разрезы"
        constraints = [
            models.UniqueConstraint(fields=["cut", "account_id"], name="cuts_pinned_once")
        ]


class CutMailing(models.Model):
    """A saved cut sent by schedule; each recipient counts it with his own right."""

    cut = models.OneToOneField(SavedCut, on_delete=models.CASCADE, related_name="mailing")
    step = models.CharField("как часто", max_length=10)
    day = models.PositiveSmallIntegerField("день", default=0)
    hour = models.PositiveSmallIntegerField("час", default=7)
    recipients = ArrayField(models.BigIntegerField(), verbose_name="кому")
    last_due = models.DateTimeField("отправлено за срок", null=True)

    class Meta:
        verbose_name = "рассылка разреза"
        verbose_name_plural = "рассылки разрезов"


class FrozenCut(models.Model):
    """The numbers of a cut as they were at a moment; the database refuses to change them.

    `numbers` is what was shown, `reach` is the right they were counted with: the numbers are
    shown only to those who may see as much. `digest` is SHA-256 of the canonical `numbers`.
    """

    municipality = models.ForeignKey(
        "organisation.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    account_id = models.BigIntegerField("кто снял", null=True)
    author_label = models.CharField("имя снявшего", max_length=300)
    name = models.CharField("название", max_length=200)
    made_at = models.DateTimeField("на дату")
    since = models.DateField("с")
    until = models.DateField("по")
    numbers = models.JSONField("числа")
    reach = models.JSONField("право автора")
    digest = models.CharField("хеш", max_length=64)

    class Meta:
        verbose_name = "срез на дату"
        verbose_name_plural = "срезы на дату"
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class Supply(models.Model):
    """To whom a frozen cut was supplied outside, and as what (ust-kubinsky:2.2.4)."""

    cut = models.ForeignKey(FrozenCut, on_delete=models.PROTECT, related_name="supplies")
    to = models.CharField("кому", max_length=300)
    purpose = models.CharField("для чего", max_length=500, blank=True)
    form = models.CharField("в каком виде", max_length=10, choices=SupplyForm.choices)
    at = models.DateTimeField("когда")
    account_id = models.BigIntegerField("кто", null=True)
    by_label = models.CharField("кто предоставил", max_length=300)

    class Meta:
        verbose_name = "предоставление среза"
        verbose_name_plural = "предоставления срезов"
        ordering = ["-at", "-pk"]
