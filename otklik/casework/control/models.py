"""Changes of many cases at once, steps of escalation, and whom they have told."""

from __future__ import annotations

from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import Q

from otklik.casework.appeals.models import Appeal
from otklik.casework.control.rules import Manners, Step
from otklik.casework.control.vocabulary import (
    Addressee,
    BulkState,
    BulkVerb,
    RowState,
    Side,
    StepUnit,
)
from otklik.directory.organisation.models import Municipality, Role
from otklik.language.wording import counted

FORMS = {
    StepUnit.DAYS: ("рабочий день", "рабочих дня", "рабочих дней"),
    StepUnit.HOURS: ("рабочий час", "рабочих часа", "рабочих часов"),
}


class BulkRun(models.Model):
    """One verb over many cases; nothing happens before `apply_after`, until then it is undone."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    verb = models.CharField("что сделать", max_length=10, choices=BulkVerb.choices)
    given = models.JSONField("условия", default=dict)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    actor_label = models.CharField("кто", max_length=300)
    created_at = models.DateTimeField("когда")
    apply_after = models.DateTimeField("выполнить не раньше")
    done_at = models.DateTimeField("выполнено", null=True, blank=True)
    state = models.CharField(
        "состояние", max_length=10, choices=BulkState.choices, default=BulkState.HELD
    )
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    undone_label = models.CharField("кто отменил", max_length=300, blank=True)
    undone_at = models.DateTimeField("возвращено", null=True, blank=True)

    class Meta:
        verbose_name = "групповое действие"
        verbose_name_plural = "групповые действия"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Групповое действие: {self.get_verb_display()}"


class BulkRow(models.Model):
    """What came of one case; `was` keeps what undoing needs: how it was before and right after."""

    run = models.ForeignKey(BulkRun, on_delete=models.CASCADE, related_name="rows")
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(
        "исход", max_length=10, choices=RowState.choices, default=RowState.WAITING
    )
    said = models.CharField("пояснение", max_length=500, blank=True)
    was = models.JSONField("как было", default=dict, blank=True)

    class Meta:
        verbose_name = "обращение группового действия"
        verbose_name_plural = "обращения группового действия"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["run", "appeal"], name="bulk_row_once")]


class Quiet(models.Model):
    """When this centre's people are told of terms (local time)."""

    municipality = models.OneToOneField(Municipality, on_delete=models.CASCADE, related_name="+")
    digest_at = models.TimeField("утренняя сводка в", default=time(8))
    quiet_from = models.TimeField("не беспокоить с", default=time(19))
    quiet_until = models.TimeField("не беспокоить до", default=time(8))
    at_night = models.BooleanField("беспокоить и ночью", default=False)
    on_days_off = models.BooleanField("беспокоить в выходные", default=False)

    class Meta:
        verbose_name = "тихие часы"
        verbose_name_plural = "тихие часы"

    def as_manners(self) -> Manners:
        return Manners(
            digest_at=self.digest_at,
            quiet_from=self.quiet_from,
            quiet_until=self.quiet_until,
            at_night=self.at_night,
            on_days_off=self.on_days_off,
        )


class EscalationStep(models.Model):
    """So long before or after the term, these people hear of the case."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    side = models.CharField("когда", max_length=10, choices=Side.choices)
    amount = models.PositiveSmallIntegerField("за сколько")
    unit = models.CharField("чего", max_length=10, choices=StepUnit.choices)
    addressee = models.CharField("кому", max_length=10, choices=Addressee.choices)
    role = models.ForeignKey(
        Role, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_active = models.BooleanField("действует", default=True)

    class Meta:
        verbose_name = "ступень напоминания"
        verbose_name_plural = "ступени напоминания"
        constraints = [
            models.CheckConstraint(
                condition=~Q(addressee=Addressee.ROLE) | Q(role__isnull=False),
                name="step_names_its_role",
            ),
            models.CheckConstraint(
                condition=~Q(addressee=Addressee.PERSON) | Q(account__isnull=False),
                name="step_names_its_person",
            ),
        ]

    @property
    def when(self) -> str:
        """«2 рабочих дня до срока»."""
        if not self.amount:
            return "в день срока" if self.unit == StepUnit.DAYS else "в час срока"
        forms = FORMS[StepUnit(self.unit)]
        return f"{counted(self.amount, forms)} {self.get_side_display()}"

    @property
    def whom(self) -> str:
        if self.addressee == Addressee.ROLE:
            return str(self.role)
        return str(self.account if self.account_id else self.get_addressee_display())

    def as_step(self) -> Step:
        return Step(side=Side(self.side), amount=self.amount, unit=StepUnit(self.unit))


class Told(models.Model):
    """This person was told of this case by this step, for this end of its term: once."""

    step = models.ForeignKey(EscalationStep, on_delete=models.CASCADE, related_name="told")
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="told")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    due_at = models.DateTimeField("срок")
    told_at = models.DateTimeField("когда")

    class Meta:
        verbose_name = "напоминание"
        verbose_name_plural = "напоминания"
        ordering = ["-told_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["appeal", "step", "account", "due_at"], name="told_once"
            )
        ]
