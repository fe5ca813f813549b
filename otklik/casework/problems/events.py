"""Facts about mass problems. Those of one case also stand in its story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from otklik.base.events import Event
from otklik.casework.problems.vocabulary import How, Stage
from otklik.language.wording import counted

_CASES = ("обращение", "обращения", "обращений")


@dataclass(frozen=True, kw_only=True)
class ProblemEvent(Event):
    subject: ClassVar[str] = "problem"

    number: str


@dataclass(frozen=True, kw_only=True)
class ProblemProposed(ProblemEvent):
    title: ClassVar[str] = "Предложена массовая проблема"

    cases: int

    def sentence(self) -> str:
        return f"Предложена проблема {self.number}: {counted(self.cases, _CASES)} об одном"


@dataclass(frozen=True, kw_only=True)
class ProblemOpened(ProblemEvent):
    """Made by a person: by hand or out of another problem."""

    title: ClassVar[str] = "Заведена массовая проблема"

    cases: int
    split_from: str = ""

    def sentence(self) -> str:
        source = f" (выделена из {self.split_from})" if self.split_from else ""
        return f"Заведена проблема {self.number}{source}: {counted(self.cases, _CASES)}"


@dataclass(frozen=True, kw_only=True)
class ProblemConfirmed(ProblemEvent):
    title: ClassVar[str] = "Массовая проблема подтверждена"

    cases: int

    def sentence(self) -> str:
        return f"Проблема {self.number} подтверждена: {counted(self.cases, _CASES)}"


@dataclass(frozen=True, kw_only=True)
class ProblemDismissed(ProblemEvent):
    title: ClassVar[str] = "Массовая проблема отклонена"

    reason: str

    def sentence(self) -> str:
        return f"Проблема {self.number} отклонена: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class ProblemSolved(ProblemEvent):
    title: ClassVar[str] = "Массовая проблема решена"

    def sentence(self) -> str:
        return f"Проблема {self.number} решена"


@dataclass(frozen=True, kw_only=True)
class ProblemChanged(ProblemEvent):
    title: ClassVar[str] = "Изменена массовая проблема"

    what: str

    def sentence(self) -> str:
        return f"Проблема {self.number}: {self.what}"


@dataclass(frozen=True, kw_only=True)
class ProblemsMerged(ProblemEvent):
    title: ClassVar[str] = "Массовые проблемы объединены"

    other: str
    cases: int

    def sentence(self) -> str:
        moved = counted(self.cases, _CASES)
        return f"К проблеме {self.number} присоединена проблема {self.other}: {moved}"


@dataclass(frozen=True, kw_only=True)
class CaseJoined(ProblemEvent):
    title: ClassVar[str] = "Обращение присоединено к проблеме"

    how: str
    reason: str = ""

    def sentence(self) -> str:
        why = f" ({self.reason})" if self.reason else ""
        return f"Присоединено к проблеме {self.number} {How(self.how).label}{why}"


@dataclass(frozen=True, kw_only=True)
class CaseTakenOut(ProblemEvent):
    title: ClassVar[str] = "Обращение исключено из проблемы"

    reason: str = ""

    def sentence(self) -> str:
        why = f": {self.reason}" if self.reason else ""
        return f"Исключено из проблемы {self.number}{why}"


@dataclass(frozen=True, kw_only=True)
class AnswerToAllStarted(ProblemEvent):
    title: ClassVar[str] = "Начат ответ всем"

    stage: str
    cases: int

    def sentence(self) -> str:
        what = f"{Stage(self.stage).label}, {counted(self.cases, _CASES)}"
        return f"Ответ всем по проблеме {self.number}: {what}"


@dataclass(frozen=True, kw_only=True)
class AnswerToAllDone(ProblemEvent):
    title: ClassVar[str] = "Выполнен этап ответа всем"

    stage: str
    done: int
    refused: int

    def sentence(self) -> str:
        said = f"сделано — {self.done}, нельзя — {self.refused}"
        return f"Ответ всем по проблеме {self.number} ({Stage(self.stage).label}): {said}"


@dataclass(frozen=True, kw_only=True)
class SpikeNoticed(Event):
    subject: ClassVar[str] = "spike"
    title: ClassVar[str] = "Замечен всплеск обращений"

    topic: str
    place: str
    told: str

    def sentence(self) -> str:
        return f"Всплеск: «{self.topic}», {self.place} — {self.told}"


@dataclass(frozen=True, kw_only=True)
class ProblemOptionsSet(Event):
    """`subject_id` is the municipality."""

    subject: ClassVar[str] = "municipality"
    title: ClassVar[str] = "Изменены условия массовых проблем"

    least: int
    window_hours: int
    joins_alone: bool

    def sentence(self) -> str:
        alone = "входят сами" if self.joins_alone else "ждут человека"
        return (
            f"Массовая проблема — от {self.least} обращений за {self.window_hours} ч, новые {alone}"
        )
