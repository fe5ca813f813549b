"""What was let out of the map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from otklik.base.events import Event


@dataclass(frozen=True, kw_only=True)
class MapSupplied(Event):
    subject: ClassVar[str] = "map_supply"

    to: str
    file_format: str
    period: str
    digest: str

    def sentence(self) -> str:
        return f"Данные карты {self.period} переданы ({self.file_format}): {self.to}"


@dataclass(frozen=True, kw_only=True)
class MapReleased(Event):
    subject: ClassVar[str] = "map_release"

    period: str

    def sentence(self) -> str:
        return f"Карта для всех: {self.period}"


@dataclass(frozen=True, kw_only=True)
class ScreenAllowed(Event):
    subject: ClassVar[str] = "map_screen"

    where: str
    until: str

    def sentence(self) -> str:
        return f"Разрешён экран «{self.where}», до {self.until}"


@dataclass(frozen=True, kw_only=True)
class ScreenStopped(Event):
    subject: ClassVar[str] = "map_screen"

    where: str

    def sentence(self) -> str:
        return f"Отключён экран «{self.where}»"
