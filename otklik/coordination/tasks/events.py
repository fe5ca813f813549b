"""What happened to tasks and functions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from otklik.base.events import Event


@dataclass(frozen=True, kw_only=True)
class TaskIssued(Event):
    subject: ClassVar[str] = "task"
    title: ClassVar[str] = "Дано поручение"

    text: str
    owner: str
    due_on: date
    controller: str = ""

    def sentence(self) -> str:
        watched = f", контроль\u00a0— {self.controller}" if self.controller else ""
        return f"Поручено: {self.owner}, срок {self.due_on:%d.%m.%Y}{watched}. {self.text}"


@dataclass(frozen=True, kw_only=True)
class TaskAccepted(Event):
    subject: ClassVar[str] = "task"
    title: ClassVar[str] = "Поручение принято к исполнению"


@dataclass(frozen=True, kw_only=True)
class TaskReported(Event):
    subject: ClassVar[str] = "task"
    title: ClassVar[str] = "Отчёт об исполнении поручения"

    result: str
    files: int = 0

    def sentence(self) -> str:
        attached = f" Файлов: {self.files}." if self.files else ""
        return f"Исполнено: {self.result}{attached}"


@dataclass(frozen=True, kw_only=True)
class TaskReturned(Event):
    subject: ClassVar[str] = "task"
    title: ClassVar[str] = "Поручение возвращено на доработку"

    remark: str

    def sentence(self) -> str:
        return f"Возвращено на доработку: {self.remark}"


@dataclass(frozen=True, kw_only=True)
class TaskDone(Event):
    subject: ClassVar[str] = "task"
    title: ClassVar[str] = "Поручение снято с контроля"


@dataclass(frozen=True, kw_only=True)
class TaskCancelled(Event):
    subject: ClassVar[str] = "task"
    title: ClassVar[str] = "Поручение отменено"

    reason: str

    def sentence(self) -> str:
        return f"Поручение отменено: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class TaskMoved(Event):
    """Another owner or another term."""

    subject: ClassVar[str] = "task"
    title: ClassVar[str] = "Поручение изменено"

    owner: str
    due_on: date
    reason: str

    def sentence(self) -> str:
        return f"Изменено: {self.owner}, срок {self.due_on:%d.%m.%Y}. {self.reason}"


@dataclass(frozen=True, kw_only=True)
class FunctionSaved(Event):
    subject: ClassVar[str] = "centre_function"
    title: ClassVar[str] = "Внесена функция центра"

    function: str
    act: str
    role: str
    recurrence: str
    is_active: bool = True

    def sentence(self) -> str:
        ended = "" if self.is_active else " Больше не действует."
        return f"Функция центра «{self.function}» ({self.act}), отвечает «{self.role}».{ended}"


@dataclass(frozen=True, kw_only=True)
class ClauseFulfilled(Event):
    subject: ClassVar[str] = "fulfilment"
    title: ClassVar[str] = "Отмечено исполнение пункта положения"

    clause: str
    fulfilled_on: date
    text: str

    def sentence(self) -> str:
        return f"Исполнение {self.clause} отмечено {self.fulfilled_on:%d.%m.%Y}: {self.text}"
