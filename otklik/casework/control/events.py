"""What was done to many cases at once, whom was reminded, how escalation was set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from otklik.base.events import Event
from otklik.casework.control.vocabulary import BulkVerb


@dataclass(frozen=True, kw_only=True)
class ExecutorReminded(Event):
    subject: ClassVar[str] = "appeal"
    title: ClassVar[str] = "Напоминание исполнителю"

    to: str
    text: str = ""

    def sentence(self) -> str:
        more = f": {self.text}" if self.text else ""
        return f"Исполнителю напомнили о сроке ({self.to}){more}"


@dataclass(frozen=True, kw_only=True)
class BulkStarted(Event):
    subject: ClassVar[str] = "bulk"
    title: ClassVar[str] = "Начато групповое действие"

    verb: str
    total: int

    def sentence(self) -> str:
        return f"Групповое действие ({BulkVerb(self.verb).label}), обращений: {self.total}"


@dataclass(frozen=True, kw_only=True)
class BulkUndone(Event):
    subject: ClassVar[str] = "bulk"
    title: ClassVar[str] = "Групповое действие отменено"

    verb: str

    def sentence(self) -> str:
        return f"Отменено групповое действие ({BulkVerb(self.verb).label}): ничего не изменилось"


@dataclass(frozen=True, kw_only=True)
class BulkUndoAsked(Event):
    """Somebody takes a finished change back."""

    subject: ClassVar[str] = "bulk"
    title: ClassVar[str] = "Отмена выполненного группового действия"

    verb: str
    total: int

    def sentence(self) -> str:
        label = BulkVerb(self.verb).label
        return f"Начата отмена группового действия ({label}), обращений: {self.total}"


@dataclass(frozen=True, kw_only=True)
class BulkTakenBack(Event):
    """A finished change was undone where nothing had happened since."""

    subject: ClassVar[str] = "bulk"
    title: ClassVar[str] = "Выполненное групповое действие отменено"

    verb: str
    returned: int
    kept: int

    def sentence(self) -> str:
        label = BulkVerb(self.verb).label
        return (
            f"Отменено групповое действие ({label}): "
            f"возвращено — {self.returned}, осталось — {self.kept}"
        )


@dataclass(frozen=True, kw_only=True)
class BulkDone(Event):
    subject: ClassVar[str] = "bulk"
    title: ClassVar[str] = "Групповое действие выполнено"

    verb: str
    done: int
    refused: int

    def sentence(self) -> str:
        label = BulkVerb(self.verb).label
        return f"Групповое действие ({label}): сделано — {self.done}, нельзя — {self.refused}"


@dataclass(frozen=True, kw_only=True)
class EscalationSet(Event):
    """Steps or quiet hours were changed."""

    subject: ClassVar[str] = "escalation"
    title: ClassVar[str] = "Изменены напоминания о сроках"

    what: str

    def sentence(self) -> str:
        return f"Напоминания о сроках: {self.what}"
