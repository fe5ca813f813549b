"""Approval routes are data; every decision is a row of its own."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from otklik.directory.approvals.vocabulary import StepState
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.vocabulary import Permission


class ApprovalRoute(models.Model):
    """Steps in order: [{"permission": "approve", "label": "Согласование"}, …]."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE)
    subject = models.CharField("предмет", max_length=40)
    name = models.CharField("название", max_length=200)
    steps = models.JSONField("шаги", default=list)

    class Meta:
        verbose_name = "маршрут согласования"
        verbose_name_plural = "маршруты согласования"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "subject"], name="route_per_subject")
        ]


class ApprovalStep(models.Model):
    """One person's decision on one version of a subject."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT)
    subject = models.CharField("предмет", max_length=40)
    subject_id = models.BigIntegerField("номер предмета")
    round = models.PositiveSmallIntegerField("круг", default=1)
    order = models.PositiveSmallIntegerField("шаг")
    label = models.CharField("шаг (название)", max_length=200)
    permission = models.CharField("право", max_length=40, choices=Permission.choices)
    state = models.CharField("решение", max_length=20, choices=StepState.choices)
    decided_by_id = models.BigIntegerField("кто решил", null=True, blank=True)
    decided_label = models.CharField("кто решил (имя)", max_length=300, blank=True)
    decided_at = models.DateTimeField("когда", null=True, blank=True)
    remark = models.TextField("замечание", blank=True)
    reasons = models.JSONField("причины возврата", default=list, blank=True)

    class Meta:
        verbose_name = "согласование"
        verbose_name_plural = "согласования"
        ordering = ["round", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "subject_id", "round", "order"],
                name="approval_step_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["municipality", "permission"],
                condition=Q(state=StepState.PENDING),
                name="approval_pending",
            ),
            models.Index(
                fields=["municipality", "decided_at"],
                condition=Q(state=StepState.RETURNED),
                name="approval_returned",
            ),
        ]
