"""What happened to those who sign in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from otklik.base.events import Event


@dataclass(frozen=True, kw_only=True)
class PersonAdded(Event):
    subject: ClassVar[str] = "account"
    title: ClassVar[str] = "Заведена учётная запись"

    full_name: str

    def sentence(self) -> str:
        return f"Заведена учётная запись: {self.full_name}"


@dataclass(frozen=True, kw_only=True)
class AccountBlocked(Event):
    subject: ClassVar[str] = "account"
    title: ClassVar[str] = "Вход отключён"

    full_name: str
    reason: str

    def sentence(self) -> str:
        return f"Вход отключён: {self.full_name} ({self.reason})"


@dataclass(frozen=True, kw_only=True)
class AccountUnblocked(Event):
    subject: ClassVar[str] = "account"
    title: ClassVar[str] = "Вход включён"

    full_name: str

    def sentence(self) -> str:
        return f"Вход включён: {self.full_name}"
