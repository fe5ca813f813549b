"""What happened to the routes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from otklik.base.events import Event


@dataclass(frozen=True, kw_only=True)
class RouteSet(Event):
    """Rounds begun from now on walk these steps."""

    subject: ClassVar[str] = "approval_route"
    title: ClassVar[str] = "Изменён маршрут согласования"

    route: str
    steps: tuple[str, ...]

    def sentence(self) -> str:
        return f"Маршрут «{self.route}»: {' → '.join(self.steps)}"
