"""What staff are told about."""

from __future__ import annotations

from django.db import models


class NoticeKind(models.TextChoices):
    ASSIGNED = "assigned", "Поручено обращение"
    UNASSIGNED = "unassigned", "Нужно назначить исполнителя"
    RETURNED = "returned", "Ответ возвращён на доработку"
    APPROVAL_ASKED = "approval_asked", "Нужно согласовать ответ"
    DUE_SOON = "due_soon", "Срок подходит"
    OVERDUE = "overdue", "Срок пропущен"
    SCORED_LOW = "scored_low", "Низкая оценка ответа"
    REOPENED = "reopened", "Обращение возвращено заявителем"
    NEW_LETTER = "new_letter", "Заявитель написал ещё раз"
    NOT_DELIVERED = "not_delivered", "Ответ не доставлен"
    CHANNEL_BROKEN = "channel_broken", "Канал не отвечает"
    INSTRUCTED = "instructed", "Поручение"
    ASKED = "asked", "Нужны сведения"
    INFORMED = "informed", "Пришёл ответ на запрос"
    MENTIONED = "mentioned", "Вас упомянули"
    HANDED_BACK = "handed_back", "Возврат поручения"
    RULE_FIRED = "rule_fired", "Сработало автоправило"
    PROBLEM = "problem", "Предложена массовая проблема"
    INVITED = "invited", "Приглашение"
    SPIKE = "spike", "Всплеск обращений"
    LAW59 = "law59", "Обращение по 59-ФЗ из другой системы"
    RATING = "rating", "Рейтинг"
    SCHEDULED = "scheduled", "Сводка по расписанию"


MAILED = frozenset(
    (
        NoticeKind.ASSIGNED,
        NoticeKind.RETURNED,
        NoticeKind.APPROVAL_ASKED,
        NoticeKind.DUE_SOON,
        NoticeKind.OVERDUE,
        NoticeKind.SCORED_LOW,
        NoticeKind.REOPENED,
        NoticeKind.ASKED,
        NoticeKind.HANDED_BACK,
        NoticeKind.INVITED,
        NoticeKind.SCHEDULED,
    )
)
