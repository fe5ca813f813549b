"""Words of the news to programs."""

from __future__ import annotations

from django.db import models


class CaseNews(models.TextChoices):
    """What programs can be told of a case; the feed of changes speaks the same words."""

    REGISTERED = "case.registered", "обращение зарегистрировано"
    TOPIC_SET = "case.topic_set", "определена тема"
    ASSIGNED = "case.assigned", "назначен исполнитель"
    STATUS_CHANGED = "case.status_changed", "изменилось состояние"
    DUE_CHANGED = "case.due_changed", "срок продлён"
    ANSWERED = "case.answered", "дан ответ"
    REOPENED = "case.reopened", "возобновлено"
    CONVERTED = "case.converted", "изменён порядок рассмотрения"


OF_JOURNAL = {
    "AppealRegistered": CaseNews.REGISTERED,
    "TopicSet": CaseNews.TOPIC_SET,
    "ExecutorAssigned": CaseNews.ASSIGNED,
    "StatusChanged": CaseNews.STATUS_CHANGED,
    "DeadlineExtended": CaseNews.DUE_CHANGED,
    "AppealAnswered": CaseNews.ANSWERED,
    "AppealReopened": CaseNews.REOPENED,
    "RegimeConverted": CaseNews.CONVERTED,
}
"""Names of events in the journal that are news to programs."""

PING = "ping"


class DeliveryState(models.TextChoices):
    WAITING = "waiting", "ждёт отправки"
    DONE = "done", "доставлено"
    FAILED = "failed", "не доставлено"
