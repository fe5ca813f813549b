"""Facts of notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from otklik.base.events import Event


@dataclass(frozen=True, kw_only=True)
class NoteEvent(Event):
    subject: ClassVar[str] = "note"

    number: str
    period: str


@dataclass(frozen=True, kw_only=True)
class NoteMade(NoteEvent):
    version: int = 1

    def sentence(self) -> str:
        return f"Составлена записка № {self.number} {self.period}"


@dataclass(frozen=True, kw_only=True)
class NoteEdited(NoteEvent):
    part: str

    def sentence(self) -> str:
        return f"Изменён раздел «{self.part}» записки № {self.number}"


@dataclass(frozen=True, kw_only=True)
class NoteSigned(NoteEvent):
    def sentence(self) -> str:
        return f"Подписана записка № {self.number} {self.period}"


@dataclass(frozen=True, kw_only=True)
class NoteHandedOver(NoteEvent):
    to: str

    def sentence(self) -> str:
        return f"Записка № {self.number} передана: {self.to}"


@dataclass(frozen=True, kw_only=True)
class WeeklyNotesSwitched(Event):
    subject: ClassVar[str] = "municipality"

    on: bool

    def sentence(self) -> str:
        state = "включено" if self.on else "выключено"
        return f"Еженедельное составление записки {state}"
