"""Months of questions packed by column, so that years are counted without reading every row."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class FactMonth(models.Model):
    """A month that has questions, by the day of receipt.

    `stale`: a row changed since it was packed. Triggers of the table of questions set it in the
    transaction of the change (migration 0005), so a month that is not stale says what the rows
    say. `settled`: none of its questions was open when it was packed. `edition` is that of the
    strips; of another edition they are not read.
    """

    municipality_id = models.BigIntegerField("муниципалитет")
    month = models.DateField("первый день месяца")
    stale = models.BooleanField("изменился", default=True)
    settled = models.BooleanField("ничего не в работе", default=False)
    edition = models.SmallIntegerField("издание столбцов", default=0)

    class Meta:
        verbose_name = "месяц анализа"
        verbose_name_plural = "месяцы анализа"
        db_table = "facts_month"
        constraints = [
            models.UniqueConstraint(fields=["municipality_id", "month"], name="facts_month_once")
        ]


class FactStrip(models.Model):
    """One column of a month: values of all its questions in one order, packed.

    `words`: what the numbers of a column of words stand for, from one on.
    """

    month = models.ForeignKey(FactMonth, on_delete=models.CASCADE, related_name="strips")
    name = models.CharField("столбец", max_length=40)
    data = models.BinaryField("значения")
    words = ArrayField(models.TextField(), verbose_name="слова", null=True)

    class Meta:
        verbose_name = "столбец анализа"
        verbose_name_plural = "столбцы анализа"
        db_table = "facts_strip"
        constraints = [models.UniqueConstraint(fields=["month", "name"], name="facts_strip_once")]
