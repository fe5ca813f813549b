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
    ACTIVE_CITIZEN = "active_citizen", "«Активный гражданин»"

    @property
    def regime(self) -> Regime:
        return {
            Source.POS: Regime.POS,
            Source.INCIDENT: Regime.INCIDENT,
            Source.HOTLINE122: Regime.HOTLINE,
            Source.PORTAL: Regime.PORTAL,
            Source.ACTIVE_CITIZEN: Regime.PORTAL,
        }[self]

    @property
    def channel(self) -> Channel:
        return {
            Source.POS: Channel.POS,
            Source.INCIDENT: Channel.INCIDENT,
            Source.HOTLINE122: Channel.HOTLINE122,
            Source.PORTAL: Channel.PORTAL,
            Source.ACTIVE_CITIZEN: Channel.ACTIVE_CITIZEN,
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
    SKIPPED = "skipped", "не принимается"


class DifferenceKind(models.TextChoices):
    """Where our case and its message in the other system do not agree."""

    CLOSED_THERE = "closed_there", "закрыто там, открыто у нас"
    OPEN_THERE = "open_there", "закрыто у нас, открыто там"
    LAW59 = "law59", "там отмечено как обращение по 59-ФЗ"


class Decision(models.TextChoices):
    """What a person decided about a difference, or how it went away by itself."""

    AS_THERE = "as_there", "сделано как там"
    AS_HERE = "as_here", "оставлено как у нас"
    AGREED = "agreed", "совпало при следующей загрузке"


class InboxKind(models.TextChoices):
    """What stands in the intake queue."""

    MESSAGE = "message", "сообщение"
    ROW = "row", "строка выгрузки"


class TalkState(models.TextChoices):
    """Where a conversation in a network or messenger stands."""

    WAITING = "waiting", "ждёт ответа"
    ON_WAY = "on_way", "ответ ещё не дошёл"
    ANSWERED = "answered", "отвечено"
    CLOSED = "closed", "закрыто без ответа"
    LOOSE = "loose", "без обращения"


class InboxState(models.TextChoices):
    """Why it stands there."""

    WAITING = "waiting", "не зарегистрировано"
    UNREADABLE = "unreadable", "не удалось разобрать"
    REFUSED = "refused", "строка не принята"
    AUTOMATIC = "automatic", "автоматическое"
    ASIDE = "aside", "отложено"


TO_REGISTER = (InboxState.WAITING, InboxState.UNREADABLE, InboxState.REFUSED)
