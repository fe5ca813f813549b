"""What happened at the doors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from otklik.base.events import Event


@dataclass(frozen=True, kw_only=True)
class DoorSaved(Event):
    subject: ClassVar[str] = "external_door"
    title: ClassVar[str] = "Изменён внешний вход"

    door: str
    enabled: bool
    rules: list[str]

    def sentence(self) -> str:
        state = "включён" if self.enabled else "выключен"
        given = f"; роли: {'; '.join(self.rules)}" if self.rules else ""
        return f"Внешний вход «{self.door}» {state}{given}"


@dataclass(frozen=True, kw_only=True)
class EnteredByDoor(Event):
    subject: ClassVar[str] = "account"
    title: ClassVar[str] = "Вход через внешнюю систему"

    full_name: str
    door: str
    bound: bool = False
    strong: bool = False
    refused_roles: list[str]

    def sentence(self) -> str:
        first = ", учётная запись привязана" if self.bound else ""
        factor = ", со вторым фактором" if self.strong else ""
        left = f"; не назначено: {'; '.join(self.refused_roles)}" if self.refused_roles else ""
        return f"Вход через «{self.door}»: {self.full_name}{first}{factor}{left}"


@dataclass(frozen=True, kw_only=True)
class AccountUnbound(Event):
    subject: ClassVar[str] = "account"
    title: ClassVar[str] = "Снята привязка к внешнему входу"

    full_name: str
    door: str

    def sentence(self) -> str:
        return f"Снята привязка к «{self.door}»: {self.full_name}"


@dataclass(frozen=True, kw_only=True)
class EntryRefused(Event):
    subject: ClassVar[str] = "external_door"
    title: ClassVar[str] = "Отказ во входе через внешнюю систему"

    door: str
    who: str
    reason: str

    def sentence(self) -> str:
        return f"Вход через «{self.door}» отклонён: {self.who}. {self.reason}"


@dataclass(frozen=True, kw_only=True)
class ApplicantIdentified(Event):
    subject: ClassVar[str] = "appeal"
    title: ClassVar[str] = "Личность заявителя подтверждена"

    door: str

    def sentence(self) -> str:
        return f"Личность заявителя подтверждена: вход «{self.door}», учётная запись подтверждена"
