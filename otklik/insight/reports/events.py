"""Facts of papers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from otklik.base.events import Event


@dataclass(frozen=True, kw_only=True)
class NoteEvent(Event):
    """`paper` is the name of the kind; entries made before there were kinds are of notes."""

    subject: ClassVar[str] = "note"

    number: str
    period: str
    paper: str = "Записка"

    @property
    def named(self) -> str:
        return f"{self.paper} № {self.number}"


@dataclass(frozen=True, kw_only=True)
class NoteMade(NoteEvent):
    version: int = 1

    def sentence(self) -> str:
        return f"Составлен документ: {self.named} {self.period}"


@dataclass(frozen=True, kw_only=True)
class NoteEdited(NoteEvent):
    part: str

    def sentence(self) -> str:
        return f"Изменён раздел «{self.part}»: {self.named}"


@dataclass(frozen=True, kw_only=True)
class NoteTermsSet(NoteEvent):
    recipient: str
    due: str

    def sentence(self) -> str:
        whom, due = self.recipient or "не указано", self.due or "не назначен"
        return f"{self.named}: кому передать — {whom}; срок — {due}"


@dataclass(frozen=True, kw_only=True)
class NoteSigned(NoteEvent):
    def sentence(self) -> str:
        return f"Подписан документ: {self.named} {self.period}"


@dataclass(frozen=True, kw_only=True)
class NoteHandedOver(NoteEvent):
    to: str
    way: str = ""
    letter: str = ""

    def sentence(self) -> str:
        how = ", ".join(part for part in (self.to, self.way, self.letter) if part)
        return f"Отмечена передача: {self.named}; {how}"


@dataclass(frozen=True, kw_only=True)
class WeeklyNotesSwitched(Event):
    """The switch of the one kind there was; new entries are of `ScheduleSet`."""

    subject: ClassVar[str] = "municipality"

    on: bool

    def sentence(self) -> str:
        state = "включено" if self.on else "выключено"
        return f"Еженедельное составление записки {state}"


@dataclass(frozen=True, kw_only=True)
class ScheduleSet(Event):
    subject: ClassVar[str] = "municipality"

    paper: str
    on: bool
    rhythm: str

    def sentence(self) -> str:
        return f"«{self.paper}»: составлять {self.rhythm if self.on else 'только по команде'}"
