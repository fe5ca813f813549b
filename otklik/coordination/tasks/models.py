"""Tasks, functions of the centre, and marks that a clause was fulfilled."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from otklik.casework.appeals.models import Appeal
from otklik.coordination.tasks.vocabulary import Recurrence, TaskState
from otklik.directory.organisation.models import Block, Body, Municipality, Regulation, Role


class CentreFunction(models.Model):
    """A function laid on the centre by an act (ust-kubinsky:3.2, tuapse:2.4.7, dedovichi:16.6)."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("название", max_length=300)
    act = models.CharField("акт", max_length=300)
    clause = models.CharField("пункт", max_length=30, blank=True)
    owner_role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="functions")
    recurrence = models.CharField("периодичность", max_length=10, choices=Recurrence.choices)
    is_active = models.BooleanField("действует", default=True)
    added_at = models.DateTimeField("внесена")
    added_by = models.CharField("кто внёс", max_length=300)

    class Meta:
        verbose_name = "функция центра"
        verbose_name_plural = "функции центра"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="function_once")
        ]

    def __str__(self) -> str:
        return self.name


class Task(models.Model):
    """What is to be done, by whom, by which day, and who watches."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    text = models.TextField("что сделать")
    expected = models.TextField("ожидаемый результат", blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    issued_label = models.CharField("кто поручил", max_length=300)
    issued_at = models.DateTimeField("когда поручено")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
    )
    owner_body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    owner_block = models.ForeignKey(
        Block, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    owner_role = models.ForeignKey(
        Role, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    controller = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField("срок")
    first_due_on = models.DateField("первый срок")
    recurrence = models.CharField(
        "периодичность", max_length=10, choices=Recurrence.choices, default=Recurrence.NONE
    )
    follows = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="next"
    )
    function = models.ForeignKey(
        CentreFunction, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    period = models.CharField("период", max_length=10, blank=True)
    appeal = models.ForeignKey(
        Appeal, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    clause = models.CharField("пункт положения", max_length=30, blank=True)
    state = models.CharField(
        "состояние", max_length=10, choices=TaskState.choices, default=TaskState.NEW
    )
    result = models.TextField("результат", blank=True)
    remark = models.TextField("замечание", blank=True)
    reported_at = models.DateTimeField("отчитались", null=True, blank=True)
    closed_at = models.DateTimeField("закрыто", null=True, blank=True)

    class Meta:
        verbose_name = "поручение"
        verbose_name_plural = "поручения"
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["function", "period"],
                condition=Q(function__isnull=False) & ~Q(period=""),
                name="function_once_a_period",
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=False)
                | Q(owner_body__isnull=False)
                | Q(owner_block__isnull=False)
                | Q(owner_role__isnull=False),
                name="task_has_an_owner",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "due_on", "id"], name="task_by_term"),
            models.Index(fields=["municipality", "state", "due_on"], name="task_by_state"),
        ]

    def __str__(self) -> str:
        return f"Поручение №\u00a0{self.pk}"

    @property
    def owner_name(self) -> str:
        """Whoever the task was given to; a person before a body before a block before a role."""
        if self.owner is not None:
            return self.owner.short_name
        return str(self.owner_body or self.owner_block or self.owner_role)


class Fulfilment(models.Model):
    """A mark that a clause of the regulation was carried out on a day."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    regulation = models.ForeignKey(Regulation, on_delete=models.PROTECT, related_name="fulfilments")
    clause = models.CharField("пункт", max_length=30)
    fulfilled_on = models.DateField("когда исполнено")
    text = models.TextField("что сделано")
    noted_at = models.DateTimeField("когда отмечено")
    noted_by = models.CharField("кто отметил", max_length=300)

    class Meta:
        verbose_name = "исполнение пункта"
        verbose_name_plural = "исполнение пунктов"
        ordering = ["-fulfilled_on", "-pk"]
        indexes = [models.Index(fields=["municipality", "clause"], name="fulfilment_by_clause")]
