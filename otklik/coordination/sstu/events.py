"""What happened to the exchange with ССТУ.РФ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from otklik.base.events import Event


@dataclass(frozen=True, kw_only=True)
class PackageMade(Event):
    subject: ClassVar[str] = "sstu_package"
    title: ClassVar[str] = "Составлен пакет для ССТУ.РФ"

    month: date
    appeals: int
    questions: int
    held_back: int

    def sentence(self) -> str:
        return (
            f"Пакет для ССТУ.РФ за {self.month:%m.%Y}: обращений {self.appeals}, "
            f"вопросов {self.questions}, не вошло обращений {self.held_back}."
        )


@dataclass(frozen=True, kw_only=True)
class ExchangeSet(Event):
    subject: ClassVar[str] = "sstu_settings"
    title: ClassVar[str] = "Изменены настройки выгрузки в ССТУ.РФ"

    changed: tuple[str, ...]

    def sentence(self) -> str:
        return f"Выгрузка в ССТУ.РФ: {'; '.join(self.changed)}."
