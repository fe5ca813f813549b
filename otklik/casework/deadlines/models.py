"""Rules of terms as data, and the terms themselves."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from otklik.casework.deadlines.rules import Rule
from otklik.casework.deadlines.vocabulary import (
    CountedFrom,
    DeadlineKind,
    DeadlineState,
    EndShift,
    RecountState,
    TermSetter,
    TermStage,
    Unit,
)


class DeadlineRule(models.Model):
    """A term of the law, of a channel or of the municipality; blank conditions mean «any»."""

    municipality = models.ForeignKey(
        "organisation.Municipality",
        verbose_name="муниципалитет",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    slug = models.SlugField("обозначение", max_length=60)
    title = models.CharField("название", max_length=300)
    kind = models.CharField("что исполнить", max_length=20, choices=DeadlineKind.choices)
    regime = models.CharField("порядок рассмотрения", max_length=30, blank=True)
    channel = models.CharField("канал", max_length=30, blank=True)
    topic = models.ForeignKey(
        "topics.Topic",
        verbose_name="тема",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    high_priority = models.BooleanField("повышенная важность", null=True, blank=True)
    fast_track = models.BooleanField("ускоренное решение", null=True, blank=True)
    priority = models.SmallIntegerField("приоритет правила", default=0)
    unit = models.CharField("единица", max_length=20, choices=Unit.choices)
    amount = models.PositiveSmallIntegerField("величина")
    counted_from = models.CharField("отсчёт", max_length=20, choices=CountedFrom.choices)
    end_shift = models.CharField(
        "если срок истекает в нерабочий день",
        max_length=20,
        choices=EndShift.choices,
        default=EndShift.PRECEDING,
    )
    article = models.CharField("основание", max_length=300, blank=True)
    edition = models.CharField("редакция", max_length=200, blank=True)
    in_force_from = models.DateField("действует с", null=True, blank=True)
    in_force_to = models.DateField("действует по", null=True, blank=True)
    verify = models.BooleanField("сверьте с действующей редакцией", default=False)

    class Meta:
        verbose_name = "правило срока"
        verbose_name_plural = "правила сроков"
        ordering = ["kind", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "slug"],
                nulls_distinct=False,
                name="deadlines_rule_once",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="deadlines_amount_positive"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def own(self) -> bool:
        """Set by the municipality itself, not shipped with the product."""
        return self.municipality_id is not None

    def as_rule(self) -> Rule:
        return Rule(
            slug=self.slug,
            kind=DeadlineKind(self.kind),
            unit=Unit(self.unit),
            amount=self.amount,
            counted_from=CountedFrom(self.counted_from),
            end_shift=EndShift(self.end_shift),
            article=self.article,
            edition=self.edition,
            verify=self.verify,
        )


class Deadline(models.Model):
    """A term of one appeal, stored with how it was counted.

    `rule` is the snapshot of the rule, so that a later change of the rule does
    not rewrite history.
    """

    municipality = models.ForeignKey(
        "organisation.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    appeal = models.ForeignKey("appeals.Appeal", on_delete=models.CASCADE, related_name="deadlines")
    kind = models.CharField("что исполнить", max_length=20, choices=DeadlineKind.choices)
    rule = models.JSONField("правило")
    starts_at = models.DateTimeField("начало")
    due_at = models.DateTimeField("исполнить до")
    legal_due_at = models.DateTimeField("срок по закону")
    explanation = models.JSONField("как рассчитан")
    state = models.CharField(
        "состояние",
        max_length=20,
        choices=DeadlineState.choices,
        default=DeadlineState.RUNNING,
    )
    met_at = models.DateTimeField("исполнен", null=True, blank=True)
    restarted_at = models.DateTimeField("пошёл заново", null=True, blank=True)
    pauses = models.JSONField("приостановки", default=list, blank=True)
    paused_on = models.DateField("приостановлен с", null=True, blank=True)
    pause_reason = models.CharField("причина приостановки", max_length=500, blank=True)
    extended_days = models.PositiveSmallIntegerField("продлён на дней", default=0)
    extended_to = models.DateTimeField("продлён до", null=True, blank=True)
    extension_reason = models.CharField("причина продления", max_length=1000, blank=True)
    extensions_withdrawn = models.PositiveSmallIntegerField("продлений отменено", default=0)

    class Meta:
        verbose_name = "срок"
        verbose_name_plural = "сроки"
        constraints = [
            models.UniqueConstraint(fields=["appeal", "kind"], name="deadlines_one_of_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.due_at:%d.%m.%Y}"


class ExecutorTerm(models.Model):
    """An internal term of one executor's part, as the head or the administrator set it.

    Each has his own; which holds is `rules.governing`. The term that holds for the whole part is
    kept in `Assignment.due_at` besides.
    """

    municipality = models.ForeignKey(
        "organisation.Municipality", on_delete=models.PROTECT, related_name="+"
    )
    assignment = models.ForeignKey(
        "appeals.Assignment", on_delete=models.CASCADE, related_name="terms"
    )
    stage = models.CharField("для чего", max_length=10, choices=TermStage.choices)
    setter = models.CharField("кем", max_length=15, choices=TermSetter.choices)
    due_at = models.DateTimeField("исполнить до")
    account_id = models.BigIntegerField("кто установил", null=True, blank=True)
    label = models.CharField("кто установил (имя)", max_length=300)
    set_at = models.DateTimeField("когда установлен")
    withdrawn_at = models.DateTimeField("снят", null=True, blank=True)

    class Meta:
        verbose_name = "внутренний срок исполнителя"
        verbose_name_plural = "внутренние сроки исполнителей"
        ordering = ["assignment", "due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "stage", "setter"],
                condition=Q(withdrawn_at__isnull=True),
                name="executor_term_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["municipality", "due_at"],
                condition=Q(withdrawn_at__isnull=True),
                name="executor_term_live",
            )
        ]


class Recount(models.Model):
    """All running terms of a municipality counted anew after its calendar or rules changed."""

    municipality = models.ForeignKey(
        "organisation.Municipality", on_delete=models.CASCADE, related_name="+"
    )
    by_rules = models.BooleanField("выбрать правила заново", default=False)
    reason = models.CharField("основание", max_length=500)
    started_by = models.CharField("кем начат", max_length=300)
    started_at = models.DateTimeField("начат")
    finished_at = models.DateTimeField("завершён", null=True, blank=True)
    state = models.CharField(
        "состояние", max_length=10, choices=RecountState.choices, default=RecountState.RUNNING
    )
    total = models.PositiveIntegerField("сроков", default=0)
    done = models.PositiveIntegerField("пересчитано", default=0)
    moved = models.PositiveIntegerField("изменилось", default=0)
    last_id = models.BigIntegerField("последний срок", default=0)

    class Meta:
        verbose_name = "пересчёт сроков"
        verbose_name_plural = "пересчёты сроков"
        constraints = [
            models.UniqueConstraint(
                fields=["municipality"],
                condition=Q(state=RecountState.RUNNING),
                name="deadlines_one_recount",
            )
        ]
