"""What happened to saved cuts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from otklik.base.events import Event


@dataclass(frozen=True, kw_only=True)
class CutSaved(Event):
    subject: ClassVar[str] = "saved_cut"

    name_given: str

    def sentence(self) -> str:
        return f"Сохранён разрез «{self.name_given}»"


@dataclass(frozen=True, kw_only=True)
class CutForgotten(Event):
    subject: ClassVar[str] = "saved_cut"

    name_given: str

    def sentence(self) -> str:
        return f"Удалён разрез «{self.name_given}»"
