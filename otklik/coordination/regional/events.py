"""What passed between the centre and the regional one; texts stay out of the journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from otklik.base.events import Event


@dataclass(frozen=True, kw_only=True)
class RegionalAsked(Event):
    subject: ClassVar[str] = "regional_item"
    title: ClassVar[str] = "Запрос обмена с ЦУР"

    direction_label: str
    mailed: bool = False

    def sentence(self) -> str:
        mailed = ", отправлен письмом" if self.mailed else ""
        return f"{self.direction_label[0].upper()}{self.direction_label[1:]}{mailed}"


@dataclass(frozen=True, kw_only=True)
class RegionalAnswered(Event):
    subject: ClassVar[str] = "regional_item"
    title: ClassVar[str] = "Ответ в обмене с ЦУР"

    direction_label: str
    late: bool

    def sentence(self) -> str:
        late = ", позже срока обращения" if self.late else ""
        return f"Ответ ({self.direction_label}){late}"


@dataclass(frozen=True, kw_only=True)
class RegionalRemarked(Event):
    subject: ClassVar[str] = "regional_item"
    title: ClassVar[str] = "Замечание к обмену с ЦУР"

    def sentence(self) -> str:
        return self.title


@dataclass(frozen=True, kw_only=True)
class RegionalAddressSet(Event):
    subject: ClassVar[str] = "regional_item"
    title: ClassVar[str] = "Изменён адрес ЦУР"

    email: str
