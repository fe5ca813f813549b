"""Forms of reports, reports of bodies for a period, and what was handed in each time."""

from __future__ import annotations

from django.db import models

from otklik.coordination.returns.rules import Field, period_label, stored_fields
from otklik.coordination.returns.vocabulary import TERMS, ReturnState
from otklik.directory.organisation.models import Body, Municipality


class ReturnForm(models.Model):
    """What the head wants to read, from whom and how often (ust-kubinsky:4.9.e)."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    title = models.CharField("название", max_length=300)
    recurrence = models.CharField("периодичность", max_length=10, choices=TERMS)
    due_days = models.PositiveSmallIntegerField("срок, дней после окончания периода", default=5)
    fields = models.JSONField("поля", default=list)
    used_keys = models.JSONField("ключи полей, какие были", default=list)
    bodies = models.ManyToManyField(Body, related_name="+")
    is_active = models.BooleanField("действует", default=True)
    saved_at = models.DateTimeField("изменена")
    saved_by = models.CharField("кем изменена", max_length=300)

    class Meta:
        verbose_name = "форма отчёта"
        verbose_name_plural = "формы отчётов"
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "title"], name="return_form_once")
        ]

    def __str__(self) -> str:
        return self.title

    def parts(self) -> list[Field]:
        return stored_fields(self.fields)


class Return(models.Model):
    """The report of one body for one period; it keeps the fields that stood when it was opened."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    form = models.ForeignKey(ReturnForm, on_delete=models.PROTECT, related_name="returns")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    period = models.CharField("период", max_length=10)
    since = models.DateField("с")
    until = models.DateField("по")
    due_on = models.DateField("сдать до")
    state = models.CharField(
        "состояние", max_length=10, choices=ReturnState.choices, default=ReturnState.DUE
    )
    fields = models.JSONField("поля", default=list)
    values = models.JSONField("заполнено", default=dict)
    counted = models.JSONField("посчитано системой", default=dict)
    version = models.PositiveSmallIntegerField("редакция", default=0)
    handed_on = models.DateField("впервые сдан", null=True, blank=True)
    remark = models.TextField("замечание", blank=True)
    decided_by = models.CharField("кто проверил", max_length=300, blank=True)

    class Meta:
        verbose_name = "отчёт органа"
        verbose_name_plural = "отчёты органов"
        constraints = [
            models.UniqueConstraint(fields=["form", "body", "period"], name="return_once")
        ]
        indexes = [
            models.Index(fields=["municipality", "-due_on", "-id"], name="return_recent"),
            models.Index(fields=["body", "-due_on", "-id"], name="return_of_body"),
        ]

    def __str__(self) -> str:
        return f"{self.form.title} за {self.span}"

    @property
    def span(self) -> str:
        return period_label(self.since, self.until)

    def parts(self) -> list[Field]:
        return stored_fields(self.fields)


class ReturnVersion(models.Model):
    """A report as it was handed in; never edited."""

    report = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("редакция")
    values = models.JSONField("заполнено")
    handed_at = models.DateTimeField("сдан")
    handed_by = models.CharField("кем сдан", max_length=300)

    class Meta:
        verbose_name = "редакция отчёта"
        verbose_name_plural = "редакции отчётов"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="return_version_once")
        ]
