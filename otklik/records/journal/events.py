"""What happens to the journal itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from otklik.base.events import Event


@dataclass(frozen=True, kw_only=True)
class JournalExported(Event):
    """Somebody took the journal out of the system."""

    subject: ClassVar[str] = "journal"
    title: ClassVar[str] = "Выгружен журнал"

    since: str
    until: str
    ending: str
    events: int
    reads: int

    def sentence(self) -> str:
        period = f"{self.since} — {self.until}" if self.since or self.until else "по отбору"
        return (
            f"Выгружен журнал ({period}, {self.ending.upper()}): событий — {self.events}, "
            f"просмотров персональных данных — {self.reads}"
        )
