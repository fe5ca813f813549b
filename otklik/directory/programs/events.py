"""What happened to the access of other programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from otklik.base.events import Event
from otklik.directory.programs.vocabulary import NoteKind


@dataclass(frozen=True, kw_only=True)
class ProgramEvent(Event):
    subject: ClassVar[str] = "program"

    program: str


@dataclass(frozen=True, kw_only=True)
class ProgramAllowed(ProgramEvent):
    """A program was let in, or what it may do was changed."""

    title: ClassVar[str] = "Изменён доступ программы"

    role: str
    permissions: tuple[str, ...]
    channels: tuple[str, ...] = ()
    basis: str = ""

    def sentence(self) -> str:
        basis = f" Основание: {self.basis}." if self.basis else ""
        return f"Программа «{self.program}» допущена в роли «{self.role}».{basis}"


@dataclass(frozen=True, kw_only=True)
class ProgramStopped(ProgramEvent):
    def sentence(self) -> str:
        return f"Доступ программы «{self.program}» закрыт"


@dataclass(frozen=True, kw_only=True)
class KeyIssued(ProgramEvent):
    key: str

    def sentence(self) -> str:
        return f"Программе «{self.program}» выдан ключ {self.key}…"


@dataclass(frozen=True, kw_only=True)
class KeyRevoked(ProgramEvent):
    key: str

    def sentence(self) -> str:
        return f"Ключ {self.key}… программы «{self.program}» отозван"


@dataclass(frozen=True, kw_only=True)
class ProgramNoted(ProgramEvent):
    """What happened between people and machines that the program cannot know by itself."""

    kind: str
    text: str
    counterpart: str = ""

    def sentence(self) -> str:
        with_whom = f", {self.counterpart}" if self.counterpart else ""
        label = str(NoteKind(self.kind).label).capitalize()
        return f"{label}{with_whom}: {self.text}"
