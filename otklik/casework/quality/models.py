"""Findings of the three registers, the signals they come from, what was advised."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from otklik.casework.appeals.models import Appeal
from otklik.casework.deadlines.models import Deadline
from otklik.casework.quality.vocabulary import (
    KIND_CHOICES,
    AdviceState,
    FindingState,
    SignalKind,
    SignalState,
    Sort,
    Source,
)
from otklik.casework.replies.models import Reply
from otklik.directory.organisation.models import Body, Municipality


class Finding(models.Model):
    """One error in an answer, one missed term, or one conflict (dedovichi:13.7, 13.8, 7.3)."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    sort = models.CharField("реестр", max_length=10, choices=Sort.choices)
    kind = models.CharField("вид", max_length=20, choices=KIND_CHOICES)
    appeal = models.ForeignKey(
        Appeal, on_delete=models.PROTECT, null=True, blank=True, related_name="findings"
    )
    reply = models.ForeignKey(
        Reply, on_delete=models.SET_NULL, null=True, blank=True, related_name="findings"
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="findings"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    person_label = models.CharField("кто допустил", max_length=300, blank=True)
    parties = models.CharField("стороны", max_length=500, blank=True)
    quote = models.TextField("цитата", blank=True)
    essence = models.TextField("суть", blank=True)
    cause = models.TextField("причина", blank=True)
    consequence = models.TextField("последствия", blank=True)
    measure = models.TextField("принятая мера", blank=True)
    outcome = models.TextField("чем закончилось", blank=True)
    state = models.CharField(
        "состояние", max_length=10, choices=FindingState.choices, default=FindingState.OPEN
    )
    source = models.CharField("откуда известно", max_length=10, choices=Source.choices)
    happened_on = models.DateField("когда произошло")
    found_at = models.DateTimeField("когда выявлено")
    found_by = models.CharField("кто выявил", max_length=300)
    settled_at = models.DateTimeField("когда закрыто", null=True, blank=True)
    settled_by = models.CharField("кто закрыл", max_length=300, blank=True)
    deadline = models.ForeignKey(
        Deadline, on_delete=models.SET_NULL, null=True, blank=True, related_name="findings"
    )
    due_at = models.DateTimeField("срок истёк", null=True, blank=True)
    met_at = models.DateTimeField("исполнено", null=True, blank=True)
    run_from = models.DateTimeField("срок пошёл заново", null=True, blank=True)

    class Meta:
        verbose_name = "выявленное нарушение"
        verbose_name_plural = "выявленные нарушения"
        ordering = ["-happened_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "run_from"],
                condition=Q(deadline__isnull=False),
                nulls_distinct=False,
                name="missed_term_once",
            ),
            models.CheckConstraint(
                condition=Q(sort=Sort.CONFLICT) | Q(appeal__isnull=False),
                name="finding_of_a_case",
            ),
        ]
        indexes = [
            models.Index(
                fields=["municipality", "sort", "-happened_on", "-id"], name="finding_recent"
            ),
            models.Index(
                fields=["deadline"], condition=Q(met_at__isnull=True), name="finding_unmet"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_sort_display().capitalize()}: {self.get_kind_display()}"


class Signal(models.Model):
    """A proposal of the program; `key` makes the nightly search harmless to repeat."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="signals")
    reply = models.ForeignKey(
        Reply, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    kind = models.CharField("вид", max_length=20, choices=SignalKind.choices)
    text = models.CharField("что замечено", max_length=500)
    key = models.CharField("ключ", max_length=120)
    noticed_at = models.DateTimeField("когда замечено")
    state = models.CharField(
        "состояние", max_length=10, choices=SignalState.choices, default=SignalState.WAITING
    )
    decided_at = models.DateTimeField("когда решено", null=True, blank=True)
    decided_by = models.CharField("кто решил", max_length=300, blank=True)
    reason = models.CharField("почему отклонён", max_length=500, blank=True)
    finding = models.OneToOneField(
        Finding, on_delete=models.PROTECT, null=True, blank=True, related_name="signal"
    )

    class Meta:
        verbose_name = "сигнал"
        verbose_name_plural = "сигналы"
        ordering = ["-noticed_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="signal_once")]
        indexes = [
            models.Index(
                fields=["municipality", "-noticed_at"],
                condition=Q(state=SignalState.WAITING),
                name="signal_waiting",
            )
        ]

    def __str__(self) -> str:
        return self.text


class Advice(models.Model):
    """A recommendation on a finding, addressed to a body and followed (dedovichi:13.9)."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="advice")
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="advice"
    )
    text = models.TextField("рекомендация")
    due_on = models.DateField("исполнить до", null=True, blank=True)
    state = models.CharField(
        "состояние", max_length=10, choices=AdviceState.choices, default=AdviceState.GIVEN
    )
    comment = models.TextField("что сделано", blank=True)
    given_at = models.DateTimeField("когда дана")
    given_by = models.CharField("кто дал", max_length=300)
    changed_at = models.DateTimeField("когда изменена", null=True, blank=True)
    changed_by = models.CharField("кто изменил", max_length=300, blank=True)

    class Meta:
        verbose_name = "рекомендация"
        verbose_name_plural = "рекомендации"
        ordering = ["-given_at", "-pk"]

    def __str__(self) -> str:
        return self.text[:80]
