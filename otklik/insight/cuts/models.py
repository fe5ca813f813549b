"""Cuts people set up for themselves and keep."""

from __future__ import annotations

from django.db import models

from otklik.insight.cuts.vocabulary import Counted, Dimension, Measure


class SavedCut(models.Model):
    """What to cut and how, under a name; counted anew each time it is opened."""

    municipality = models.ForeignKey(
        "organisation.Municipality", on_delete=models.CASCADE, related_name="+"
    )
    account_id = models.BigIntegerField("кто сохранил", null=True)
    name = models.CharField("название", max_length=200)
    rows = models.CharField("строки", max_length=20, choices=Dimension.choices)
    columns = models.CharField("столбцы", max_length=20, choices=Dimension.choices, blank=True)
    measure = models.CharField("показатель", max_length=20, choices=Measure.choices)
    counted = models.CharField("считаются", max_length=20, choices=Counted.choices)
    filter = models.JSONField("отбор", default=dict, blank=True)
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
