"""Words of intake: where an export comes from, how a run stands, what became of a row."""

from __future__ import annotations

from django.db import models

from otklik.casework.appeals.vocabulary import Channel, Regime


class Source(models.TextChoices):
    """The system that made the export; it decides the regime and the usual channel."""

    POS = "pos", "ПОС «Госуслуги. Решаем вместе»"
    INCIDENT = "incident", "«Инцидент менеджмент»"
    HOTLINE122 = "hotline122", "Горячая линия 122"
    PORTAL = "portal", "Портал или сайт"

    @property
    def regime(self) -> Regime:
        return {
            Source.POS: Regime.POS,
            Source.INCIDENT: Regime.INCIDENT,
            Source.HOTLINE122: Regime.HOTLINE,
            Source.PORTAL: Regime.PORTAL,
        }[self]

    @property
    def channel(self) -> Channel:
        return {
            Source.POS: Channel.POS,
            Source.INCIDENT: Channel.INCIDENT,
            Source.HOTLINE122: Channel.HOTLINE122,
            Source.PORTAL: Channel.PORTAL,
        }[self]


class RunState(models.TextChoices):
    RUNNING = "running", "идёт"
    DONE = "done", "завершена"
    FAILED = "failed", "остановлена"


class Outcome(models.TextChoices):
    CREATED = "created", "создано"
    UPDATED = "updated", "обновлено"
    UNCHANGED = "unchanged", "без изменений"
    REFUSED = "refused", "не принято"


class InboxKind(models.TextChoices):
    """What stands in the intake queue."""

    MESSAGE = "message", "сообщение"
    ROW = "row", "строка выгрузки"


class InboxState(models.TextChoices):
    """Why it stands there."""

    WAITING = "waiting", "не зарегистрировано"
    UNREADABLE = "unreadable", "не удалось разобрать"
    REFUSED = "refused", "строка не принята"
    AUTOMATIC = "automatic", "автоматическое"
    ASIDE = "aside", "отложено"


TO_REGISTER = (InboxState.WAITING, InboxState.UNREADABLE, InboxState.REFUSED)
