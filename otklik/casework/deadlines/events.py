"""What happened to the terms of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from otklik.base.events import Event
from otklik.casework.deadlines.vocabulary import DeadlineKind


@dataclass(frozen=True, kw_only=True)
class DeadlineSet(Event):
    """A term began to run, or was counted anew."""

    subject: ClassVar[str] = "deadline"
    title: ClassVar[str] = "Установлен срок"

    kind: str
    due_at: datetime
    explanation: str

    def sentence(self) -> str:
        return f"Установлен срок ({DeadlineKind(self.kind).label}): {self.explanation}"


@dataclass(frozen=True, kw_only=True)
class DeadlineExtended(Event):
    """The term of the answer was put off; the citizen is told why."""

    subject: ClassVar[str] = "deadline"
    title: ClassVar[str] = "Срок продлён"

    due_at: datetime
    days: int
    reason: str

    def sentence(self) -> str:
        return f"Срок ответа продлён: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class ExtensionWithdrawn(Event):
    """The extension is taken back: the term is as it was before it."""

    subject: ClassVar[str] = "deadline"
    title: ClassVar[str] = "Продление отменено"

    due_at: datetime
    days: int
    reason: str
    told: bool

    def sentence(self) -> str:
        told = ". Уведомление о продлении уже отправлено заявителю" if self.told else ""
        return f"Продление срока ответа отменено: {self.reason}{told}"


@dataclass(frozen=True, kw_only=True)
class DeadlinePaused(Event):
    """The clock stands."""

    subject: ClassVar[str] = "deadline"
    title: ClassVar[str] = "Срок приостановлен"

    reason: str

    def sentence(self) -> str:
        return f"Срок приостановлен: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class DeadlineResumed(Event):
    """The clock goes on."""

    subject: ClassVar[str] = "deadline"
    title: ClassVar[str] = "Срок возобновлён"

    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class DeadlineMet(Event):
    """What was due is done; `late` tells whether after the term."""

    subject: ClassVar[str] = "deadline"
    title: ClassVar[str] = "Срок исполнен"

    kind: str
    met_at: datetime
    late: bool

    def sentence(self) -> str:
        how = "с нарушением срока" if self.late else "в срок"
        return f"Исполнено {how} ({DeadlineKind(self.kind).label})"


@dataclass(frozen=True, kw_only=True)
class ExecutorTermSet(Event):
    """The head or the administrator set an internal term; `due_on` is a local day."""

    subject: ClassVar[str] = "executor_term"
    title: ClassVar[str] = "Установлен срок исполнителя"

    body: str
    stage_label: str
    setter_label: str
    due_on: str

    def sentence(self) -> str:
        return f"Срок исполнителя ({self.body}, {self.stage_label}): {self.due_on}"


@dataclass(frozen=True, kw_only=True)
class ExecutorTermWithdrawn(Event):
    subject: ClassVar[str] = "executor_term"
    title: ClassVar[str] = "Снят срок исполнителя"

    body: str
    stage_label: str
    setter_label: str

    def sentence(self) -> str:
        return f"Снят срок исполнителя ({self.body}, {self.stage_label})"


@dataclass(frozen=True, kw_only=True)
class ExecutorTermWinnerSet(Event):
    """Whose internal term holds where both set one."""

    subject: ClassVar[str] = "executor_term"
    title: ClassVar[str] = "Выбрано, чей срок исполнителя действует"

    setter_label: str

    def sentence(self) -> str:
        return f"Из двух сроков исполнителя действует тот, который установил {self.setter_label}"


@dataclass(frozen=True, kw_only=True)
class DeadlineRuleSaved(Event):
    """The municipality set or changed a rule of its own."""

    subject: ClassVar[str] = "deadline_rule"
    title: ClassVar[str] = "Изменено правило срока"

    slug: str
    unit: str
    amount: int


@dataclass(frozen=True, kw_only=True)
class DeadlineMoved(Event):
    """A running term was counted anew and ends on another moment."""

    subject: ClassVar[str] = "deadline"
    title: ClassVar[str] = "Срок пересчитан"

    kind: str
    was_due_at: datetime
    due_at: datetime
    reason: str

    def sentence(self) -> str:
        return f"Срок пересчитан ({DeadlineKind(self.kind).label}): {self.reason}"


@dataclass(frozen=True, kw_only=True)
class RecountStarted(Event):
    """Somebody let all running terms be counted anew."""

    subject: ClassVar[str] = "recount"
    title: ClassVar[str] = "Начат пересчёт сроков"

    reason: str
    total: int


@dataclass(frozen=True, kw_only=True)
class RecountFinished(Event):
    """All running terms are counted anew."""

    subject: ClassVar[str] = "recount"
    title: ClassVar[str] = "Завершён пересчёт сроков"

    total: int
    moved: int
