"""What happened to the classifiers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from otklik.base.events import Event


@dataclass(frozen=True, kw_only=True)
class TopicsFound(Event):
    """An export named topics that no classifier of the centre has; they became its own list."""

    subject: ClassVar[str] = "edition"

    names: tuple[str, ...]
    source: str

    def sentence(self) -> str:
        return f"Добавлены темы из выгрузки ({self.source}): {'; '.join(self.names)}"
