"""Words of mass problems."""

from __future__ import annotations

from django.db import models

REGISTER = "МП"
"""The register of problems."""


class ProblemState(models.TextChoices):
    PROPOSED = "proposed", "предложена"
    CONFIRMED = "confirmed", "подтверждена"
    SOLVED = "solved", "решена"
    DISMISSED = "dismissed", "отклонена"


OPEN_STATES = (ProblemState.PROPOSED, ProblemState.CONFIRMED)


class CaseState(models.TextChoices):
    """Where a case stands towards a problem; a case taken out is not proposed there again."""

    PROPOSED = "proposed", "предложено"
    JOINED = "joined", "в проблеме"
    OUT = "out", "исключено"


IN_STATES = (CaseState.PROPOSED, CaseState.JOINED)


class How(models.TextChoices):
    LIKENESS = "likeness", "по сходству"
    HAND = "hand", "вручную"
    RULE = "rule", "по автоправилу"


class Stage(models.TextChoices):
    """What is done to all answers of a problem at once."""

    PREPARE = "prepare", "подготовить и отправить на согласование"
    APPROVE = "approve", "согласовать"
    SEND = "send", "отправить заявителям"


class StageState(models.TextChoices):
    WAITING = "waiting", "ждёт очереди"
    RUNNING = "running", "выполняется"
    DONE = "done", "выполнено"


class RowState(models.TextChoices):
    """How far the answer of one case has come."""

    WAITING = "waiting", "ждёт"
    SUBMITTED = "submitted", "на согласовании"
    SIGNED = "signed", "подписан"
    QUEUED = "queued", "на отправке"
    REFUSED = "refused", "нельзя"
