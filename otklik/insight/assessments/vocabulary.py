"""Words of assessments."""

from __future__ import annotations

from django.db import models

SUBJECT = "assessment"
"""Subject of the approval route, of files and of records of the journal."""


class Kind(models.TextChoices):
    PROBLEMS = "problems", "Комплексная оценка проблемных вопросов"
    WORK = "work", "Оценка работы с обращениями"
    DUTIES = "duties", "Аналитика по обязанностям получателей"


class State(models.TextChoices):
    DRAFT = "draft", "черновик"
    SENT = "sent", "на утверждении"
    RETURNED = "returned", "возвращена на доработку"
    APPROVED = "approved", "утверждена"
    PUBLISHED = "published", "опубликована участникам"


EDITED = (State.DRAFT, State.RETURNED)
"""States in which words and recommendations may change; numbers never do."""


class Sort(models.TextChoices):
    """What a recommendation is about (tuapse:2.3.2)."""

    PRIORITY = "priority", "приоритет работы"
    OPTIMISATION = "optimisation", "оптимизация работы"
    TECHNOLOGY = "technology", "информационные технологии"


class Step(models.TextChoices):
    """How far a recommendation has come."""

    PLANNED = "planned", "подготовлена"
    GIVEN = "given", "направлена"
    ACCEPTED = "accepted", "принята к исполнению"
    DONE = "done", "исполнена"
    DECLINED = "declined", "отклонена с объяснением"


OPEN_STEPS = (Step.GIVEN, Step.ACCEPTED)
ANSWERED = (Step.DONE, Step.DECLINED)
