"""Problems, their cases, answers to all, spikes, and what a centre has chosen."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Result
from otklik.casework.problems.rules import LEAST
from otklik.casework.problems.vocabulary import (
    OPEN_STATES,
    CaseState,
    How,
    ProblemState,
    RowState,
    Stage,
    StageState,
)
from otklik.casework.replies.models import Reply
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.territory.models import Settlement, Street
from otklik.directory.topics.models import Topic


class ProblemOptions(models.Model):
    """How a centre has problems proposed; its row also orders writers of one centre."""

    municipality = models.OneToOneField(Municipality, on_delete=models.CASCADE, related_name="+")
    least = models.PositiveSmallIntegerField("сколько обращений", default=LEAST)
    window_hours = models.PositiveSmallIntegerField("за сколько часов", default=72)
    joins_alone = models.BooleanField("новые обращения входят сами", default=True)

    class Meta:
        verbose_name = "как предлагать проблемы"
        verbose_name_plural = "как предлагать проблемы"


class Problem(models.Model):
    """One cause, many cases. `cases_count` is of those joined or proposed now."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    number = models.CharField("номер", max_length=20)
    title = models.CharField("название", max_length=200)
    state = models.CharField("состояние", max_length=10, choices=ProblemState.choices)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, blank=True)
    settlement = models.ForeignKey(Settlement, on_delete=models.PROTECT, null=True, blank=True)
    street = models.ForeignKey(Street, on_delete=models.SET_NULL, null=True, blank=True)
    place = models.CharField("место", max_length=300, blank=True)
    lat = models.FloatField("широта", null=True, blank=True)
    lon = models.FloatField("долгота", null=True, blank=True)
    started_at = models.DateTimeField("началось")
    cause = models.CharField("вероятная причина", max_length=300, blank=True)
    cause_said = models.BooleanField("причину назвал человек", default=False)
    lead_body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="problems"
    )
    cases_count = models.PositiveIntegerField("обращений", default=0)
    made_at = models.DateTimeField("заведена")
    made_label = models.CharField("кто завёл", max_length=300)
    closed_at = models.DateTimeField("закрыта", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged"
    )

    class Meta:
        verbose_name = "массовая проблема"
        verbose_name_plural = "массовые проблемы"
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="problem_number_once")
        ]
        indexes = [
            models.Index(fields=["municipality", "state", "-made_at", "-id"], name="problem_list")
        ]

    def __str__(self) -> str:
        return f"Проблема {self.number}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class ProblemCase(models.Model):
    """A case in a problem, or one that was taken out of it and is not proposed there again."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="cases")
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="problem_cases")
    state = models.CharField("состояние", max_length=10, choices=CaseState.choices)
    how = models.CharField("как попало", max_length=10, choices=How.choices)
    reason = models.CharField("почему", max_length=300, blank=True)
    since = models.DateTimeField("когда")
    by_label = models.CharField("кем", max_length=300, blank=True)
    out_at = models.DateTimeField("исключено", null=True, blank=True)
    out_label = models.CharField("кем исключено", max_length=300, blank=True)
    out_reason = models.CharField("почему исключено", max_length=300, blank=True)

    class Meta:
        verbose_name = "обращение проблемы"
        verbose_name_plural = "обращения проблем"
        constraints = [
            models.UniqueConstraint(fields=["problem", "appeal"], name="problem_case_once"),
            models.UniqueConstraint(
                fields=["appeal"],
                condition=~Q(state=CaseState.OUT),
                name="case_in_one_problem",
            ),
        ]


class AnswerRun(models.Model):
    """One text for all cases of a problem; `key` of the form makes a repeat change nothing."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField("ключ", max_length=40)
    text = models.TextField("текст")
    short_text = models.TextField("коротко, для соцсетей", blank=True)
    result = models.CharField("результат", max_length=20, choices=Result.choices)
    measures_taken = models.BooleanField("меры приняты", default=False)
    made_at = models.DateTimeField("когда")
    made_label = models.CharField("кто", max_length=300)

    class Meta:
        verbose_name = "ответ всем"
        verbose_name_plural = "ответы всем"
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["problem", "key"], name="answer_run_once")]


class AnswerStage(models.Model):
    """A person's word over all answers of a run, carried out by the worker case by case."""

    run = models.ForeignKey(AnswerRun, on_delete=models.CASCADE, related_name="stages")
    stage = models.CharField("что", max_length=10, choices=Stage.choices)
    state = models.CharField(
        "состояние", max_length=10, choices=StageState.choices, default=StageState.WAITING
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    actor_label = models.CharField("кто", max_length=300)
    made_at = models.DateTimeField("когда")
    done_at = models.DateTimeField("выполнено", null=True, blank=True)

    class Meta:
        verbose_name = "этап ответа всем"
        verbose_name_plural = "этапы ответа всем"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["run"], condition=~Q(state=StageState.DONE), name="one_stage_at_a_time"
            )
        ]


class AnswerRow(models.Model):
    """The answer of one case; `tried` is the last stage that came to it, `text` as prepared."""

    run = models.ForeignKey(AnswerRun, on_delete=models.CASCADE, related_name="rows")
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(
        "исход", max_length=10, choices=RowState.choices, default=RowState.WAITING
    )
    reply = models.ForeignKey(
        Reply, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    text = models.TextField("текст", blank=True)
    said = models.CharField("пояснение", max_length=500, blank=True)
    tried = models.ForeignKey(
        AnswerStage, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "ответ одному из всех"
        verbose_name_plural = "ответы каждому из всех"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["run", "appeal"], name="answer_row_once")]


class Spike(models.Model):
    """A day on which a topic in a settlement brought far more cases than that weekday does."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    settlement = models.ForeignKey(Settlement, on_delete=models.CASCADE, related_name="+")
    day = models.DateField("день")
    count = models.PositiveIntegerField("обращений")
    usual = models.FloatField("обычно")
    noticed_at = models.DateTimeField("замечен")

    class Meta:
        verbose_name = "всплеск"
        verbose_name_plural = "всплески"
        ordering = ["-day", "-count", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "day", "topic", "settlement"], name="spike_once"
            )
        ]
