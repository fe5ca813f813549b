"""What happened to forms and reports of bodies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from otklik.base.events import Event


@dataclass(frozen=True, kw_only=True)
class ReturnFormSaved(Event):
    subject: ClassVar[str] = "return_form"
    title: ClassVar[str] = "Задана форма отчёта"

    form: str
    recurrence: str
    fields_count: int
    bodies_count: int

    def sentence(self) -> str:
        return (
            f"Форма отчёта «{self.form}», {self.recurrence}: полей {self.fields_count}, "
            f"органов {self.bodies_count}."
        )


@dataclass(frozen=True, kw_only=True)
class ReturnHandedIn(Event):
    subject: ClassVar[str] = "return"
    title: ClassVar[str] = "Отчёт сдан"

    report: str
    body: str
    version: int
    late_days: int

    def sentence(self) -> str:
        late = f", с опозданием на {self.late_days} дн." if self.late_days else ""
        return f"{self.body}: сдан отчёт «{self.report}», редакция {self.version}{late}"


@dataclass(frozen=True, kw_only=True)
class ReturnAccepted(Event):
    subject: ClassVar[str] = "return"
    title: ClassVar[str] = "Отчёт принят"

    report: str
    body: str

    def sentence(self) -> str:
        return f"{self.body}: принят отчёт «{self.report}»"


@dataclass(frozen=True, kw_only=True)
class ReturnSentBack(Event):
    subject: ClassVar[str] = "return"
    title: ClassVar[str] = "Отчёт возвращён на доработку"

    report: str
    body: str
    remark: str

    def sentence(self) -> str:
        return f"{self.body}: возвращён отчёт «{self.report}». {self.remark}"
