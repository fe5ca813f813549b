"""Facts about the suggesting of topics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from otklik.base.events import Event


@dataclass(frozen=True, kw_only=True)
class LearningAsked(Event):
    """`subject_id` is the municipality."""

    subject: ClassVar[str] = "topic_model"

    def sentence(self) -> str:
        return "Запрошено обучение подсказок тем"


@dataclass(frozen=True, kw_only=True)
class ThresholdSet(Event):
    """`share` 0–1; None: a person always decides. `subject_id` is the municipality."""

    subject: ClassVar[str] = "topic_model"

    share: float | None

    def sentence(self) -> str:
        if self.share is None:
            return "Тему каждого обращения определяет человек"
        return f"Тема ставится без человека при уверенности от {self.share:.0%}"


@dataclass(frozen=True, kw_only=True)
class ModelPromoted(Event):
    """`subject_id` is the version; `texts`: how many it has learned from."""

    subject: ClassVar[str] = "topic_model"

    texts: int
    reason: str

    def sentence(self) -> str:
        return f"Подсказки тем обновлены. {self.reason}"


@dataclass(frozen=True, kw_only=True)
class ModelKept(Event):
    """Learned and put aside: the model in force stays."""

    subject: ClassVar[str] = "topic_model"

    texts: int
    reason: str

    def sentence(self) -> str:
        return f"Подсказки тем оставлены прежними. {self.reason}"
