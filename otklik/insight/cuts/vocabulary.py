"""Words of the summary analysis: by what cases are cut, and what is counted."""

from __future__ import annotations

from django.db import models


class Dimension(models.TextChoices):
    TOPIC = "topic", "тема"
    TOPIC_GROUP = "topic_group", "группа тем"
    THEME = "theme", "социально значимая тематика"
    BODY = "body", "исполнитель"
    CHANNEL = "channel", "канал"
    SETTLEMENT = "settlement", "населённый пункт"
    DAY = "day", "день"
    WEEK = "week", "неделя"
    MONTH = "month", "месяц"


PERIODS = (Dimension.DAY, Dimension.WEEK, Dimension.MONTH)


class Measure(models.TextChoices):
    """What is counted among cases received in the period."""

    RECEIVED = "received", "поступило"
    ANSWERED = "answered", "дан ответ"
    IN_WORK = "in_work", "в работе"
    OVERDUE = "overdue", "просрочено"
    IN_TIME = "in_time", "исполнено в срок"
    LATE = "late", "исполнено с нарушением срока"
    IN_TIME_SHARE = "in_time_share", "доля исполненных в срок"
    REPEATED = "repeated", "повторных"
    REOPENED = "reopened", "возобновлено"
    AVERAGE_DAYS = "average_days", "дней до ответа в среднем"
    SCORED = "scored", "оценок жителей"
    SCORE = "score", "средняя оценка"


MEANS = (Measure.IN_TIME_SHARE, Measure.AVERAGE_DAYS, Measure.SCORE)
"""Measures that do not add up: a total is counted, never summed."""


class Counted(models.TextChoices):
    """Appeals and questions are counted separately: one appeal may hold several questions."""

    APPEALS = "appeals", "обращения"
    QUESTIONS = "questions", "вопросы"
