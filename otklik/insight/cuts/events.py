"""What happened to saved and frozen cuts."""

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


@dataclass(frozen=True, kw_only=True)
class CutShared(Event):
    subject: ClassVar[str] = "saved_cut"

    name_given: str
    to: str

    def sentence(self) -> str:
        return f"Разрез «{self.name_given}» открыт: {self.to}"


@dataclass(frozen=True, kw_only=True)
class CutScheduled(Event):
    subject: ClassVar[str] = "saved_cut"

    name_given: str
    when: str

    def sentence(self) -> str:
        return f"Рассылка разреза «{self.name_given}»: {self.when}"


@dataclass(frozen=True, kw_only=True)
class CutMailed(Event):
    subject: ClassVar[str] = "saved_cut"

    name_given: str
    told: int

    def sentence(self) -> str:
        return f"Разрез «{self.name_given}» разослан по расписанию, получателей: {self.told}"


@dataclass(frozen=True, kw_only=True)
class CutFrozen(Event):
    subject: ClassVar[str] = "frozen_cut"

    name_given: str
    digest: str

    def sentence(self) -> str:
        return f"Снят срез на дату «{self.name_given}», хеш {self.digest[:12]}"


@dataclass(frozen=True, kw_only=True)
class CutSupplied(Event):
    subject: ClassVar[str] = "frozen_cut"

    name_given: str
    to: str
    form: str

    def sentence(self) -> str:
        return f"Срез «{self.name_given}» предоставлен: {self.to} ({self.form})"
