"""Words of the record of errors, missed terms and conflicts."""

from __future__ import annotations

from django.db import models


class Sort(models.TextChoices):
    """The three registers of the room."""

    FAULT = "fault", "ошибка в ответе"
    LATE = "late", "нарушение срока"
    CONFLICT = "conflict", "конфликт или ошибка общения"


class FaultKind(models.TextChoices):
    """What is wrong with an answer (dedovichi:13.7)."""

    OFF_POINT = "off_point", "не по существу"
    NOT_ALL = "not_all", "ответ не на все вопросы"
    FORMAL = "formal", "отписка: нет решения и сроков"
    FALSE = "false", "недостоверные сведения"
    NO_PROOF = "no_proof", "нет подтверждения сделанного"
    LAW = "law", "неверная ссылка на закон"
    HEAVY = "heavy", "непонятный язык"
    RUDE = "rude", "неуместный тон"
    PERSONAL = "personal", "раскрыты персональные данные"
    SPELLING = "spelling", "ошибки в тексте и оформлении"
    ADDRESS = "address", "ответ не тому или не туда"
    OTHER_FAULT = "other_fault", "иная ошибка"


class LateKind(models.TextChoices):
    """Which term was missed; the names are those of `deadlines`."""

    REGISTRATION = "registration", "регистрация"
    FORWARDING = "forwarding", "переадресация"
    ANSWER = "answer", "ответ"
    INTERIM = "interim", "промежуточный ответ"
    FINAL = "final", "окончательный ответ"


class ConflictKind(models.TextChoices):
    """How dealings with a citizen went wrong (ust-kubinsky:3.1.l, tuapse:2.3.3)."""

    RUDENESS = "rudeness", "грубость, неуважение"
    IGNORED = "ignored", "обращение оставили без внимания"
    CONTRADICTION = "contradiction", "противоречивые ответы"
    PROMISE = "promise", "не выполнено обещанное"
    PING_PONG = "ping_pong", "заявителя пересылали по кругу"
    DISPUTE = "dispute", "спор органов о компетенции"
    PUBLIC = "public", "публичный спор в сети"
    OTHER_CONFLICT = "other_conflict", "иное"


KINDS: dict[str, type[models.TextChoices]] = {
    Sort.FAULT: FaultKind,
    Sort.LATE: LateKind,
    Sort.CONFLICT: ConflictKind,
}
KIND_CHOICES = [*FaultKind.choices, *LateKind.choices, *ConflictKind.choices]


class FindingState(models.TextChoices):
    OPEN = "open", "не исправлено"
    MENDED = "mended", "исправлено"
    BEYOND = "beyond", "исправить нельзя"


class Source(models.TextChoices):
    HAND = "hand", "отмечено человеком"
    SIGNAL = "signal", "по сигналу"
    TERMS = "terms", "по данным о сроках"


class SignalKind(models.TextChoices):
    """What makes the program suspect an error; a person decides."""

    REPEAT = "repeat", "повторное обращение"
    LOW_SCORE = "low_score", "низкая оценка"
    REOPENED = "reopened", "обращение возобновлено"
    RETURNED_TWICE = "returned_twice", "ответ дважды возвращён по одной причине"
    FORMAL = "formal", "похоже на отписку"


class SignalState(models.TextChoices):
    WAITING = "waiting", "ждёт решения"
    CONFIRMED = "confirmed", "подтверждён"
    DISMISSED = "dismissed", "отклонён"


class AdviceState(models.TextChoices):
    GIVEN = "given", "направлена"
    ACCEPTED = "accepted", "принята к исполнению"
    DONE = "done", "исполнена"
    DECLINED = "declined", "отклонена с объяснением"


ADVICE_OPEN = (AdviceState.GIVEN, AdviceState.ACCEPTED)
LOW_SCORE = 2
"""A score of this or less is a signal."""
