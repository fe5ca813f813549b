"""What happened on the telephone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from otklik.base.events import Event


@dataclass(frozen=True, kw_only=True)
class CallTaken(Event):
    """A call about a case that was there already."""

    subject: ClassVar[str] = "call"

    def sentence(self) -> str:
        return "Заявитель позвонил ещё раз"


@dataclass(frozen=True, kw_only=True)
class CallBackAsked(Event):
    subject: ClassVar[str] = "call_back"

    next_at: str

    def sentence(self) -> str:
        return f"Нужно перезвонить заявителю: {self.next_at}"


@dataclass(frozen=True, kw_only=True)
class CallTried(Event):
    subject: ClassVar[str] = "call_back"

    result: str
    then: str

    def sentence(self) -> str:
        return f"Обратный звонок: {self.result}" + (f". {self.then}" if self.then else "")
