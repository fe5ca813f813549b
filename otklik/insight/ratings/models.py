"""Weights and peers of a municipality, snapshots of ratings, cases contested by bodies."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models

from otklik.insight.ratings.vocabulary import (
    ContestState,
    RowSet,
    SnapshotState,
    Subject,
    System,
)

CONTEST_DAYS = 5


class Scheme(models.Model):
    """The weights of one system; where there is none, those of the edition hold."""

    municipality = models.ForeignKey(
        "organisation.Municipality", on_delete=models.CASCADE, related_name="+"
    )
    system = models.CharField("система", max_length=10, choices=System.choices)
    weights = models.JSONField("веса", default=dict)
    minimum = models.PositiveSmallIntegerField("наименьшая выборка", default=5)
    prior = models.PositiveSmallIntegerField("условных вопросов", default=10)
    contest_days = models.PositiveSmallIntegerField(
        "рабочих дней на оспаривание", default=CONTEST_DAYS
    )
    set_at = models.DateTimeField("когда")
    set_label = models.CharField("кто", max_length=300)

    class Meta:
        verbose_name = "веса рейтинга"
        verbose_name_plural = "веса рейтинга"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "system"], name="ratings_scheme_once")
        ]

    def __str__(self) -> str:
        return self.get_system_display()


class PeerGroup(models.Model):
    """Bodies compared with one another; a body stands in one group at most."""

    municipality = models.ForeignKey(
        "organisation.Municipality", on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField("название", max_length=120)
    bodies = models.ManyToManyField("organisation.Body", related_name="+", verbose_name="органы")

    class Meta:
        verbose_name = "группа равных"
        verbose_name_plural = "группы равных"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="ratings_group_once")
        ]

    def __str__(self) -> str:
        return self.name


class Snapshot(models.Model):
    """A rating as it was counted. What was counted never changes: the database refuses it.

    `tallies` are the counts by subject (fields of `formulas.tally.Tally`), `places` the outcome
    by subject: [place or null, total, margin]. A new edition of the same period leaves out cases
    excluded by decision; the old one stays.
    """

    municipality = models.ForeignKey(
        "organisation.Municipality", on_delete=models.CASCADE, related_name="+"
    )
    subject = models.CharField("чей рейтинг", max_length=12, choices=Subject.choices)
    system = models.CharField("система", max_length=10, choices=System.choices)
    since = models.DateField("с")
    until = models.DateField("по")
    edition = models.PositiveSmallIntegerField("редакция", default=1)
    formula = models.CharField("формула", max_length=40)
    settings = models.JSONField("веса и пороги")
    tallies = models.JSONField("счёт")
    places = models.JSONField("места")
    excluded = ArrayField(models.BigIntegerField(), verbose_name="исключённые вопросы")
    made_at = models.DateTimeField("когда составлен")
    made_label = models.CharField("кто составил", max_length=300)
    state = models.CharField(
        "состояние", max_length=12, choices=SnapshotState.choices, default=SnapshotState.PRELIMINARY
    )
    contest_until = models.DateField("оспорить до", null=True, blank=True)
    published_at = models.DateTimeField("когда опубликован", null=True, blank=True)
    published_by_id = models.BigIntegerField("кем опубликован", null=True, blank=True)
    published_label = models.CharField("кто опубликовал", max_length=300, blank=True)

    class Meta:
        verbose_name = "снимок рейтинга"
        verbose_name_plural = "снимки рейтинга"
        ordering = ["-until", "-since", "subject", "system", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "subject", "system", "since", "until", "edition"],
                name="ratings_snapshot_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()}, {self.get_system_display()}"

    @property
    def is_published(self) -> bool:
        return self.state == SnapshotState.PUBLISHED

    def open_to_contest(self, today: date) -> bool:
        return self.contest_until is None or today <= self.contest_until


class CountedCases(models.Model):
    """The questions counted for one subject of a snapshot: columns of equal length."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="counted")
    subject_id = models.BigIntegerField("чьи")
    question_ids = ArrayField(models.BigIntegerField(), verbose_name="вопросы")
    appeal_ids = ArrayField(models.BigIntegerField(), verbose_name="обращения")
    marks = ArrayField(models.IntegerField(), verbose_name="признаки")
    used = ArrayField(models.FloatField(null=True), verbose_name="доля срока")
    passed = ArrayField(models.FloatField(null=True), verbose_name="доля проверок")

    class Meta:
        verbose_name = "учтённые вопросы"
        verbose_name_plural = "учтённые вопросы"
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "subject_id"], name="ratings_counted_once")
        ]


class Contest(models.Model):
    """A body contests how a case was counted; the head decides."""

    municipality = models.ForeignKey(
        "organisation.Municipality", on_delete=models.CASCADE, related_name="+"
    )
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="contests")
    body = models.ForeignKey("organisation.Body", on_delete=models.PROTECT, related_name="+")
    question_id = models.BigIntegerField("вопрос")
    appeal_id = models.BigIntegerField("обращение")
    figure = models.CharField("что оспорено", max_length=20, choices=RowSet.choices)
    reason = models.TextField("обоснование")
    state = models.CharField(
        "состояние", max_length=10, choices=ContestState.choices, default=ContestState.WAITING
    )
    filed_at = models.DateTimeField("когда подано")
    filed_by_id = models.BigIntegerField("кто подал", null=True)
    filed_label = models.CharField("кто подал", max_length=300)
    decided_at = models.DateTimeField("когда решено", null=True, blank=True)
    decided_label = models.CharField("кто решил", max_length=300, blank=True)
    decision = models.TextField("обоснование решения", blank=True)

    class Meta:
        verbose_name = "оспаривание учёта"
        verbose_name_plural = "оспаривания учёта"
        ordering = ["-filed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "body", "question_id"], name="ratings_contest_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["municipality", "question_id"],
                name="ratings_excluded",
                condition=models.Q(state=ContestState.EXCLUDED),
            )
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.get_state_display()}"

    def decided(self, state: ContestState, label: str, words: str, at: datetime) -> None:
        self.state, self.decided_label, self.decision, self.decided_at = state, label, words, at
