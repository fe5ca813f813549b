"""Facts of formalising."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from otklik.base.events import Event


@dataclass(frozen=True, kw_only=True)
class FormalisingEvent(Event):
    subject: ClassVar[str] = "formalisation"

    question: int


@dataclass(frozen=True, kw_only=True)
class FormalisingGiven(FormalisingEvent):
    account_id: int
    person: str
    due_on: date | None = None

    def sentence(self) -> str:
        by = f" до {self.due_on:%d.%m.%Y}" if self.due_on else ""
        return f"Вопрос {self.question}: формализовать поручено — {self.person}{by}"


@dataclass(frozen=True, kw_only=True)
class EssenceEntered(FormalisingEvent):
    essence: str
    confirmed: bool

    def sentence(self) -> str:
        how = "внесена и подтверждена" if self.confirmed else "внесена"
        return f"Вопрос {self.question}: суть {how} — «{self.essence}»"


@dataclass(frozen=True, kw_only=True)
class EssenceConfirmed(FormalisingEvent):
    def sentence(self) -> str:
        return f"Вопрос {self.question}: формализация подтверждена"


@dataclass(frozen=True, kw_only=True)
class EssenceReturned(FormalisingEvent):
    remark: str

    def sentence(self) -> str:
        return f"Вопрос {self.question}: формализация возвращена — {self.remark}"
