"""Words of the work of several bodies on one case."""

from __future__ import annotations

from django.db import models


class EntryKind(models.TextChoices):
    NOTE = "note", "запись"
    TALK = "talk", "разговор по телефону"
    LETTER = "letter", "письмо исполнителя"


class RequestKind(models.TextChoices):
    """What a participant is asked for (novoduginsky 3.3, ust-kubinsky 4.6)."""

    INFORMATION = "information", "запрос сведений"
    TASK = "task", "поручение"
    REMINDER = "reminder", "напоминание"


class RequestState(models.TextChoices):
    ASKED = "asked", "ждёт ответа"
    ANSWERED = "answered", "отвечено"
    CANCELLED = "cancelled", "отозвано"


class HandBackState(models.TextChoices):
    WAITING = "waiting", "ждёт решения"
    ACCEPTED = "accepted", "передано другому исполнителю"
    DECLINED = "declined", "оставлено за исполнителем"
    SETTLED = "settled", "спор решён руководителем"


class Reaction(models.TextChoices):
    """What counts as the first reaction of an executor to an assignment."""

    RECEIVED = "received", "принято в работу"
    NOTE = "note", "запись в совместной работе"
    HANDED_BACK = "handed_back", "возвращено как не относящееся к компетенции"
    ANSWER = "answer", "проект ответа"


class InvitationKind(models.TextChoices):
    MEETING = "meeting", "совещание"
    RECEPTION = "reception", "личный приём граждан"


class GuestState(models.TextChoices):
    ASKED = "asked", "ждёт ответа"
    ACCEPTED = "accepted", "будет"
    DECLINED = "declined", "не сможет"
