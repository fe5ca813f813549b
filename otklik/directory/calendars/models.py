"""What a municipality changes in the production calendar of the country."""

from django.db import models
from django.db.models import F, Q

from otklik.directory.calendars.vocabulary import DayKind


class DayOverride(models.Model):
    """A date that differs from the federal calendar; without a municipality, for all of them."""

    municipality = models.ForeignKey(
        "organisation.Municipality",
        verbose_name="муниципалитет",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    date = models.DateField("дата")
    kind = models.CharField("вид дня", max_length=10, choices=DayKind.choices)
    reason = models.CharField("основание", max_length=300)

    class Meta:
        verbose_name = "изменение календаря"
        verbose_name_plural = "изменения календаря"
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "date"],
                nulls_distinct=False,
                name="calendars_one_override_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.date:%d.%m.%Y}: {self.get_kind_display()}"


class OfficeHours(models.Model):
    """Working hours of a municipality; terms in hours are counted by them."""

    municipality = models.OneToOneField(
        "organisation.Municipality",
        verbose_name="муниципалитет",
        on_delete=models.CASCADE,
        related_name="+",
    )
    opens = models.TimeField("начало работы")
    closes = models.TimeField("конец работы")
    lunch_from = models.TimeField("начало перерыва", null=True, blank=True)
    lunch_to = models.TimeField("конец перерыва", null=True, blank=True)
    friday_closes = models.TimeField("конец работы в пятницу", null=True, blank=True)

    class Meta:
        verbose_name = "рабочее время"
        verbose_name_plural = "рабочее время"
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")), name="calendars_hours_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}–{self.closes:%H:%M}"
