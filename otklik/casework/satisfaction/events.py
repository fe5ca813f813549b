"""Facts about scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from otklik.base.events import Event


@dataclass(frozen=True, kw_only=True)
class ScoreAsked(Event):
    subject: ClassVar[str] = "survey"

    def sentence(self) -> str:
        return "Заявителя попросили оценить ответ"


@dataclass(frozen=True, kw_only=True)
class ScoreGiven(Event):
    subject: ClassVar[str] = "survey"

    score: int
    wants_reopening: bool = False
    by_staff: bool = False

    def sentence(self) -> str:
        if self.by_staff:
            return f"Записана оценка со слов заявителя: {self.score} из 5"
        more = " и просит вернуться к вопросу" if self.wants_reopening else ""
        return f"Заявитель оценил ответ на {self.score} из 5{more}"
