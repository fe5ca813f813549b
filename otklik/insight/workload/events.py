"""Facts of norms and of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from otklik.base.events import Event


@dataclass(frozen=True, kw_only=True)
class EffortNormSet(Event):
    """`hours` is empty when the norm was dropped."""

    subject: ClassVar[str] = "effort_norm"

    what: str
    kind: str
    hours: str = ""

    def sentence(self) -> str:
        if not self.hours:
            return f"Снята норма времени: {self.what} ({self.kind})"
        return f"Норма времени: {self.what} ({self.kind}) — {self.hours} ч"


@dataclass(frozen=True, kw_only=True)
class EffortNormsGuessed(Event):
    subject: ClassVar[str] = "municipality"

    count: int

    def sentence(self) -> str:
        return f"Нормы времени оценены по истории: {self.count}"


@dataclass(frozen=True, kw_only=True)
class TimeShareSet(Event):
    """`percent` is 0 when the share was dropped."""

    subject: ClassVar[str] = "time_share"

    whose: str
    percent: int = 0
    people: int | None = None

    def sentence(self) -> str:
        if not self.percent:
            return f"Снята доля времени на обращения: {self.whose}"
        many = f", работников: {self.people}" if self.people is not None else ""
        return f"Доля времени на обращения: {self.whose} — {self.percent}\u00a0%{many}"


@dataclass(frozen=True, kw_only=True)
class TimeNoted(Event):
    subject: ClassVar[str] = "time_note"

    number: str
    minutes: int

    def sentence(self) -> str:
        return f"Отмечено время работы над {self.number}: {self.minutes}\u00a0мин"
