"""Words of the rating."""

from __future__ import annotations

from django.db import models


class PartName(models.TextChoices):
    """The sides by which the regulations and the ratings of regions rank bodies."""

    QUANTITY = "quantity", "количество"
    SPEED = "speed", "скорость"
    QUALITY = "quality", "качество"
    COMPLETENESS = "completeness", "полнота"
    SATISFACTION = "satisfaction", "удовлетворённость"
    REPEATED = "repeated", "без повторов"
    FAST_TRACK = "fast_track", "фаст-трек"


class Subject(models.TextChoices):
    """Who is rated."""

    BODY = "body", "Органы"
    BLOCK = "block", "Отраслевые блоки"
    FAMILY = "family", "Администрация в целом"
    SETTLEMENT = "settlement", "Населённые пункты"


class System(models.TextChoices):
    """By what a rating is counted; each system has weights of its own."""

    WHOLE = "whole", "Все виды обратной связи"
    POS = "pos", "ПОС"
    INCIDENT = "incident", "Инцидент менеджмент"

    @property
    def channel(self) -> str:
        return "" if self == System.WHOLE else str(self.value)

    @classmethod
    def of(cls, channel: str) -> System:
        """The system whose weights a rating of this channel takes."""
        return cls(channel) if channel in (cls.POS, cls.INCIDENT) else cls.WHOLE


class RowSet(models.TextChoices):
    """Which questions of a body stand behind a figure."""

    ALL = "all", "поступило"
    CLOSING = "closing", "с ответом или истёкшим сроком"
    ANSWERED = "answered", "дан ответ"
    UNANSWERED = "unanswered", "срок истёк, ответа нет"
    IN_TIME = "in_time", "ответ в срок"
    LATE = "late", "срок нарушен"
    TIMED = "timed", "с ответом и сроком"
    RETURNED = "returned", "проект возвращали на доработку"
    NOT_RETURNED = "not_returned", "без возврата проекта"
    REOPENED = "reopened", "возобновлялось"
    NOT_REOPENED = "not_reopened", "без возобновления"
    CHECKED = "checked", "с проверкой ответа"
    SCORED = "scored", "с оценкой заявителя"
    REPEATED = "repeated", "повторное"
    NOT_REPEATED = "not_repeated", "не повторное"
    FAST = "fast", "ответ по ускоренному решению"


class Confidence(models.TextChoices):
    """How sure a total is, in words."""

    NONE = "none", "мало данных"
    LOW = "low", "ориентировочно"
    MIDDLE = "middle", "умеренно надёжно"
    HIGH = "high", "надёжно"


class SnapshotState(models.TextChoices):
    PRELIMINARY = "preliminary", "предварительный"
    PUBLISHED = "published", "опубликован"


class ContestState(models.TextChoices):
    WAITING = "waiting", "ждёт решения"
    EXCLUDED = "excluded", "исключено из расчёта"
    KEPT = "kept", "учёт оставлен"
