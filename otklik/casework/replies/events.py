"""Facts about answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from otklik.base.events import Event


@dataclass(frozen=True, kw_only=True)
class ReplyEvent(Event):
    subject: ClassVar[str] = "reply"


@dataclass(frozen=True, kw_only=True)
class ReplyDrafted(ReplyEvent):
    revision: int
    by_link: bool = False

    def sentence(self) -> str:
        how = " по ссылке" if self.by_link else ""
        return f"Подготовлен проект ответа{how}, редакция {self.revision}"


@dataclass(frozen=True, kw_only=True)
class ReplySubmitted(ReplyEvent):
    revision: int

    def sentence(self) -> str:
        return f"Проект ответа (редакция {self.revision}) отправлен на согласование"


@dataclass(frozen=True, kw_only=True)
class ReplyApproved(ReplyEvent):
    step: str

    def sentence(self) -> str:
        return f"{self.step}: решение положительное"


@dataclass(frozen=True, kw_only=True)
class ReplyReturned(ReplyEvent):
    step: str
    remark: str = ""
    reasons: str = ""

    def sentence(self) -> str:
        parts = [part for part in (self.reasons, self.remark) if part]
        return f"Возвращён на доработку: {'; '.join(parts)}"


@dataclass(frozen=True, kw_only=True)
class ReplySigned(ReplyEvent):
    number: str

    def sentence(self) -> str:
        return f"Ответ подписан, исходящий № {self.number}"


@dataclass(frozen=True, kw_only=True)
class ReplyQueued(ReplyEvent):
    channel_label: str

    def sentence(self) -> str:
        return f"Ответ поставлен на отправку: {self.channel_label}"


@dataclass(frozen=True, kw_only=True)
class ReplySent(ReplyEvent):
    channel_label: str

    def sentence(self) -> str:
        return f"Ответ отправлен: {self.channel_label}"


@dataclass(frozen=True, kw_only=True)
class ReplyNotDelivered(ReplyEvent):
    reason: str

    def sentence(self) -> str:
        return f"Ответ не доставлен: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class LinkIssued(ReplyEvent):
    body: str
    email: str

    def sentence(self) -> str:
        return f"Исполнителю {self.body} отправлена одноразовая ссылка на {self.email}"


@dataclass(frozen=True, kw_only=True)
class LinkOpened(ReplyEvent):
    body: str

    def sentence(self) -> str:
        return f"Исполнитель {self.body} открыл обращение по ссылке"


@dataclass(frozen=True, kw_only=True)
class TemplateSaved(Event):
    subject: ClassVar[str] = "reply_template"

    template: str

    def sentence(self) -> str:
        return f"Сохранён шаблон ответа «{self.template}»"


@dataclass(frozen=True, kw_only=True)
class TemplateArchived(Event):
    subject: ClassVar[str] = "reply_template"

    template: str

    def sentence(self) -> str:
        return f"Шаблон ответа «{self.template}» убран в архив"


@dataclass(frozen=True, kw_only=True)
class ProposalEvent(Event):
    subject: ClassVar[str] = "proposal"

    proposal: str


@dataclass(frozen=True, kw_only=True)
class ProposalSaved(ProposalEvent):
    kind: str

    def sentence(self) -> str:
        # Without its name: whoever decides learns it when it is sent.
        return f"Сохранён черновик: {self.kind}"


@dataclass(frozen=True, kw_only=True)
class ProposalSubmitted(ProposalEvent):
    kind: str
    revision: int

    def sentence(self) -> str:
        return f"Руководителю отправлено: {self.kind} «{self.proposal}», редакция {self.revision}"


@dataclass(frozen=True, kw_only=True)
class ProposalDecided(ProposalEvent):
    kind: str
    outcome: str
    reason: str = ""

    def sentence(self) -> str:
        why = f": {self.reason}" if self.reason else ""
        return f"Решение ({self.kind} «{self.proposal}») — {self.outcome}{why}"


@dataclass(frozen=True, kw_only=True)
class ActMoved(ProposalEvent):
    stage: str
    number: str = ""

    def sentence(self) -> str:
        number = f", № {self.number}" if self.number else ""
        return f"Проект акта «{self.proposal}»: {self.stage}{number}"


@dataclass(frozen=True, kw_only=True)
class QuestionReviewed(Event):
    subject: ClassVar[str] = "question"

    question: int
    result: str
    cause: str = ""

    def sentence(self) -> str:
        why = f", причина: {self.cause}" if self.cause else ""
        return f"Вопрос {self.question} рассмотрен: {self.result}{why}"


@dataclass(frozen=True, kw_only=True)
class SocialLengthSet(Event):
    """`subject_id` is the municipality; None: as shipped."""

    subject: ClassVar[str] = "municipality"

    characters: int | None

    def sentence(self) -> str:
        said = "обычная" if self.characters is None else f"знаков: {self.characters}"
        return f"Наибольшая длина ответа в соцсети: {said}"
