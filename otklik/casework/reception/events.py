"""What happened at personal reception."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from otklik.base.events import Event


@dataclass(frozen=True, kw_only=True)
class ScheduleChanged(Event):
    subject: ClassVar[str] = "host"
    title: ClassVar[str] = "Изменён график приёма"

    host: str
    change: str

    def sentence(self) -> str:
        return f"График приёма ({self.host}): {self.change}"


@dataclass(frozen=True, kw_only=True)
class CategoryKept(Event):
    subject: ClassVar[str] = "category"
    title: ClassVar[str] = "Изменены льготные категории приёма"

    label: str
    article: str
    is_active: bool

    def sentence(self) -> str:
        done = "применяется" if self.is_active else "больше не применяется"
        return f"Приём вне очереди: «{self.label}» ({self.article}) {done}"


@dataclass(frozen=True, kw_only=True)
class VisitBooked(Event):
    subject: ClassVar[str] = "visit"
    title: ClassVar[str] = "Запись на личный приём"

    number: str
    host: str
    when: str
    via_label: str
    category: str = ""

    def sentence(self) -> str:
        more = f", вне очереди: {self.category}" if self.category else ""
        return f"Запись на приём № {self.number} {self.via_label}: {self.when}, {self.host}{more}"


@dataclass(frozen=True, kw_only=True)
class VisitMoved(Event):
    subject: ClassVar[str] = "visit"
    title: ClassVar[str] = "Запись на приём перенесена"

    number: str
    before: str
    after: str

    def sentence(self) -> str:
        return f"Запись на приём № {self.number} перенесена: {self.before} → {self.after}"


@dataclass(frozen=True, kw_only=True)
class VisitCancelled(Event):
    subject: ClassVar[str] = "visit"
    title: ClassVar[str] = "Запись на приём отменена"

    number: str
    reason: str = ""

    def sentence(self) -> str:
        more = f": {self.reason}" if self.reason else ""
        return f"Запись на приём № {self.number} отменена{more}"


@dataclass(frozen=True, kw_only=True)
class VisitMissed(Event):
    subject: ClassVar[str] = "visit"
    title: ClassVar[str] = "Гражданин не пришёл на приём"

    number: str

    def sentence(self) -> str:
        return f"На приём по записи № {self.number} гражданин не пришёл"


@dataclass(frozen=True, kw_only=True)
class VisitReminded(Event):
    subject: ClassVar[str] = "visit"
    title: ClassVar[str] = "Напоминание о приёме поставлено на отправку"

    number: str

    def sentence(self) -> str:
        return f"Напоминание о приёме № {self.number} поставлено на отправку"


@dataclass(frozen=True, kw_only=True)
class ReceptionHeld(Event):
    subject: ClassVar[str] = "visit"
    title: ClassVar[str] = "Проведён личный приём"

    number: str
    host: str
    identity_shown: bool
    outcomes: tuple[str, ...]

    def sentence(self) -> str:
        shown = "предъявлен" if self.identity_shown else "не предъявлен"
        said = "; ".join(f"вопрос {n} — {one}" for n, one in enumerate(self.outcomes, 1))
        return f"Личный приём № {self.number} ({self.host}), документ {shown}: {said}"
