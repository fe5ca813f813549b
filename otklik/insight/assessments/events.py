"""Facts of assessments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from otklik.base.events import Event
from otklik.insight.assessments.vocabulary import SUBJECT, Step


@dataclass(frozen=True, kw_only=True)
class AssessmentEvent(Event):
    subject: ClassVar[str] = SUBJECT

    paper: str
    period: str


@dataclass(frozen=True, kw_only=True)
class AssessmentMade(AssessmentEvent):
    version: int = 1

    def sentence(self) -> str:
        return f"Составлена оценка: {self.paper} {self.period}, редакция {self.version}"


@dataclass(frozen=True, kw_only=True)
class AssessmentEdited(AssessmentEvent):
    what: str

    def sentence(self) -> str:
        return f"{self.paper} {self.period}: {self.what}"


@dataclass(frozen=True, kw_only=True)
class AssessmentSent(AssessmentEvent):
    def sentence(self) -> str:
        return f"Отправлена на утверждение: {self.paper} {self.period}"


@dataclass(frozen=True, kw_only=True)
class AssessmentDecided(AssessmentEvent):
    approved: bool
    remark: str = ""

    def sentence(self) -> str:
        what = "Утверждена" if self.approved else "Возвращена на доработку"
        more = f" ({self.remark})" if self.remark else ""
        return f"{what}: {self.paper} {self.period}{more}"


@dataclass(frozen=True, kw_only=True)
class AssessmentPublished(AssessmentEvent):
    def sentence(self) -> str:
        return f"Опубликована участникам: {self.paper} {self.period}"


@dataclass(frozen=True, kw_only=True)
class RecommendationFollowed(AssessmentEvent):
    text: str
    step: str
    comment: str = ""

    def sentence(self) -> str:
        more = f": {self.comment}" if self.comment else ""
        return f"Рекомендация «{self.text}» {Step(self.step).label}{more}"


@dataclass(frozen=True, kw_only=True)
class PartSent(AssessmentEvent):
    body: str

    def sentence(self) -> str:
        return f"Направлена часть: {self.paper} {self.period}, {self.body}"


@dataclass(frozen=True, kw_only=True)
class ProposalGiven(AssessmentEvent):
    body: str
    text: str

    def sentence(self) -> str:
        return f"Предложения по аналитике от {self.body}: {self.text}"
