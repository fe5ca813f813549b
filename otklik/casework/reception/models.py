"""Who receives and when, who is booked, and the card of what was said."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from otklik.casework.appeals.models import Appeal, Applicant
from otklik.casework.reception.vocabulary import BookedVia, Outcome, VisitState, Week, Weekday
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.topics.models import Topic


class TsTzRange(Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class Host(models.Model):
    """A person who receives citizens, with his place and how far ahead one may book."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="hosts"
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField("фамилия, имя, отчество", max_length=300)
    position = models.CharField("должность", max_length=300, blank=True)
    place = models.CharField("где принимает", max_length=300)
    phone = models.CharField("телефон для записи", max_length=50, blank=True)
    horizon_days = models.PositiveSmallIntegerField("запись вперёд, дней", default=30)
    is_active = models.BooleanField("ведёт приём", default=True)
    order = models.PositiveSmallIntegerField("порядок", default=0)

    class Meta:
        verbose_name = "кто ведёт приём"
        verbose_name_plural = "кто ведёт приём"
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return f"{self.name}, {self.position}" if self.position else self.name


class Hours(models.Model):
    """A line of the schedule: a weekday of some weeks, or one date."""

    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(
        "день недели", choices=Weekday.choices, null=True, blank=True
    )
    week = models.PositiveSmallIntegerField("неделя", choices=Week.choices, default=Week.EVERY)
    on = models.DateField("дата", null=True, blank=True)
    opens = models.TimeField("с")
    closes = models.TimeField("до")
    slot_minutes = models.PositiveSmallIntegerField("минут на одного", default=20)
    since = models.DateField("действует с")
    until = models.DateField("действует по", null=True, blank=True)

    class Meta:
        verbose_name = "часы приёма"
        verbose_name_plural = "часы приёма"
        ordering = ["weekday", "on", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="hours_in_order"),
            models.CheckConstraint(
                condition=Q(weekday__isnull=True) ^ Q(on__isnull=True), name="hours_on_day_or_date"
            ),
            models.CheckConstraint(condition=Q(slot_minutes__gte=5), name="hours_slot_of_minutes"),
        ]


class Absence(models.Model):
    """Days when the person does not receive, besides those of the production calendar."""

    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="absences")
    since = models.DateField("с")
    until = models.DateField("по")
    reason = models.CharField("причина", max_length=300, blank=True)

    class Meta:
        verbose_name = "приёма нет"
        verbose_name_plural = "приёма нет"
        ordering = ["since"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="absence_in_order")
        ]


class Category(models.Model):
    """Citizens received out of turn; the article is data, because acts change (art. 13 part 7)."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    label = models.CharField("кто", max_length=300)
    article = models.CharField("основание", max_length=300)
    note = models.CharField("примечание", max_length=300, blank=True)
    is_active = models.BooleanField("применяется", default=True)
    order = models.PositiveSmallIntegerField("порядок", default=0)

    class Meta:
        verbose_name = "льготная категория"
        verbose_name_plural = "льготные категории"
        ordering = ["order", "label"]

    def __str__(self) -> str:
        return self.label


class Visit(models.Model):
    """A booked place; out of turn it may have a day without a time."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    number = models.CharField("номер", max_length=40)
    host = models.ForeignKey(Host, on_delete=models.PROTECT, related_name="visits")
    applicant = models.ForeignKey(Applicant, on_delete=models.PROTECT, related_name="visits")
    day = models.DateField("день")
    starts_at = models.DateTimeField("начало", null=True, blank=True)
    ends_at = models.DateTimeField("конец", null=True, blank=True)
    question = models.TextField("вопрос")
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    via = models.CharField("как записан", max_length=10, choices=BookedVia.choices)
    state = models.CharField(
        "состояние", max_length=10, choices=VisitState.choices, default=VisitState.BOOKED
    )
    code_hash = models.CharField("код (сумма)", max_length=64)
    booked_at = models.DateTimeField("когда записан")
    booked_label = models.CharField("кто записал", max_length=300)
    reminded_at = models.DateTimeField("напоминание", null=True, blank=True)
    cancel_reason = models.CharField("причина отмены", max_length=300, blank=True)

    class Meta:
        verbose_name = "запись на приём"
        verbose_name_plural = "записи на приём"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="visit_number_once"),
            models.UniqueConstraint(fields=["code_hash"], name="visit_code_once"),
            ExclusionConstraint(
                name="visit_slot_once",
                expressions=[
                    ("host", RangeOperators.EQUAL),
                    (TsTzRange("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(state=VisitState.CANCELLED) & Q(starts_at__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=False, ends_at__gt=F("starts_at"))
                | Q(starts_at__isnull=True, ends_at__isnull=True, category__isnull=False),
                name="visit_time_or_out_of_turn",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "day", "id"], name="visit_day"),
            models.Index(fields=["host", "day"], name="visit_host_day"),
        ]

    def __str__(self) -> str:
        return f"№ {self.number}"


class Card(models.Model):
    """Карточка личного приёма. The document itself is not kept: only that it was shown."""

    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="card")
    identity_shown = models.BooleanField("документ предъявлен")
    held_at = models.DateTimeField("когда принят")
    held_by = models.CharField("кто вёл приём", max_length=300)
    kept_by = models.CharField("кто заполнил", max_length=300)
    note = models.TextField("примечание", blank=True)

    class Meta:
        verbose_name = "карточка личного приёма"
        verbose_name_plural = "карточки личного приёма"


class CardQuestion(models.Model):
    """One question of the reception and what became of it."""

    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField("по порядку")
    text = models.TextField("суть")
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField("исход", max_length=10, choices=Outcome.choices)
    answer = models.TextField("ответ или разъяснение", blank=True)
    consent = models.BooleanField("согласен на устный ответ", default=False)
    appeal = models.ForeignKey(
        Appeal, on_delete=models.PROTECT, null=True, blank=True, related_name="reception"
    )
    earlier = models.ForeignKey(
        Appeal, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "вопрос личного приёма"
        verbose_name_plural = "вопросы личного приёма"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["card", "number"], name="card_question_once"),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.ORAL) | (Q(consent=True) & ~Q(answer="")),
                name="oral_answer_with_consent",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.NOT_OURS) | ~Q(answer=""), name="not_ours_explained"
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.ANSWERED) | Q(earlier__isnull=False),
                name="refusal_names_earlier",
            ),
        ]
