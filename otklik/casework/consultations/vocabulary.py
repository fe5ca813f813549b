"""Words of what is held on ПОС: discussions, surveys, votes."""

from __future__ import annotations

from django.db import models

from otklik.casework.appeals.vocabulary import Channel


class ConsultationKind(models.TextChoices):
    DISCUSSION = "discussion", "общественное обсуждение"
    SURVEY = "survey", "опрос"
    VOTE = "vote", "голосование"


class ConsultationState(models.TextChoices):
    DRAFT = "draft", "готовится"
    PLACED = "placed", "размещено"
    RUNNING = "running", "идёт"
    FINISHED = "finished", "завершено"
    PUBLISHED = "published", "итоги опубликованы"
    CANCELLED = "cancelled", "отменено"


ON_PLATFORM = (ConsultationState.PLACED, ConsultationState.RUNNING)
WITH_RESULTS = (ConsultationState.RUNNING, ConsultationState.FINISHED)
PUBLIC = (*ON_PLATFORM, ConsultationState.FINISHED, ConsultationState.PUBLISHED)


class CommentState(models.TextChoices):
    WAITING = "waiting", "не рассмотрен"
    CASE = "case", "зарегистрирован как сообщение"
    NOTED = "noted", "принят к сведению"


class ResultsFrom(models.TextChoices):
    FILE = "file", "из файла ПОС"
    HAND = "hand", "внесены вручную"


class ExchangeKind(models.TextChoices):
    """The four mechanisms of ПОС (pereslavl:1.1.1, novoduginsky:1.1.4)."""

    MESSAGES = "messages", "Сообщения жителей и ответы"
    DISCUSSIONS = "discussions", "Общественные обсуждения"
    POLLS = "polls", "Опросы и голосования"
    REACTIONS = "reactions", "Реагирование на сообщения в социальных сетях"


NETWORKS = (Channel.INCIDENT, Channel.VK, Channel.OK, Channel.TELEGRAM, Channel.MAX)
"""Where what people write in social networks comes from."""
