"""What was found wrong, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from otklik.base.events import Event
from otklik.casework.quality.vocabulary import AdviceState, FindingState, Sort


@dataclass(frozen=True, kw_only=True)
class FindingRecorded(Event):
    subject: ClassVar[str] = "finding"
    title: ClassVar[str] = "Отмечено нарушение"

    sort: str
    kind_label: str
    body: str = ""

    def sentence(self) -> str:
        where = f" — {self.body}" if self.body else ""
        return f"Отмечено: {Sort(self.sort).label} ({self.kind_label}){where}"


@dataclass(frozen=True, kw_only=True)
class MissedTermsNoted(Event):
    """The nightly search put missed terms into the register."""

    subject: ClassVar[str] = "finding"
    title: ClassVar[str] = "Учтены нарушения сроков"

    added: int
    met: int

    def sentence(self) -> str:
        return f"Учтены нарушения сроков: новых — {self.added}, исполнено с опозданием — {self.met}"


@dataclass(frozen=True, kw_only=True)
class FindingSettled(Event):
    subject: ClassVar[str] = "finding"
    title: ClassVar[str] = "Нарушение закрыто"

    state: str
    outcome: str = ""

    def sentence(self) -> str:
        more = f": {self.outcome}" if self.outcome else ""
        return f"Отмеченное нарушение — {FindingState(self.state).label}{more}"


@dataclass(frozen=True, kw_only=True)
class AdviceGiven(Event):
    subject: ClassVar[str] = "advice"
    title: ClassVar[str] = "Дана рекомендация"

    text: str
    body: str = ""

    def sentence(self) -> str:
        to = f" ({self.body})" if self.body else ""
        return f"Дана рекомендация{to}: {self.text}"


@dataclass(frozen=True, kw_only=True)
class AdviceFollowed(Event):
    subject: ClassVar[str] = "advice"
    title: ClassVar[str] = "Состояние рекомендации"

    state: str
    comment: str = ""

    def sentence(self) -> str:
        more = f": {self.comment}" if self.comment else ""
        return f"Рекомендация {AdviceState(self.state).label}{more}"


@dataclass(frozen=True, kw_only=True)
class SignalDecided(Event):
    subject: ClassVar[str] = "signal"
    title: ClassVar[str] = "Решение по сигналу"

    confirmed: bool
    text: str
    reason: str = ""

    def sentence(self) -> str:
        what = "подтверждён" if self.confirmed else "отклонён"
        more = f" ({self.reason})" if self.reason else ""
        return f"Сигнал «{self.text}» {what}{more}"
