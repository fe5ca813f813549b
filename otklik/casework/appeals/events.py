"""Facts of a case, each with the sentence that the story shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from otklik.base.events import Event


@dataclass(frozen=True, kw_only=True)
class AppealEvent(Event):
    subject: ClassVar[str] = "appeal"


@dataclass(frozen=True, kw_only=True)
class AppealRegistered(AppealEvent):
    number: str
    regime: str
    regime_label: str
    channel: str
    channel_label: str
    questions: int = 1

    def sentence(self) -> str:
        many = f", вопросов: {self.questions}" if self.questions > 1 else ""
        what = f"{self.regime_label}, канал «{self.channel_label}»{many}"
        return f"Зарегистрировано № {self.number}: {what}"


@dataclass(frozen=True, kw_only=True)
class TopicSet(AppealEvent):
    question: int
    topic_id: int
    topic: str
    previous: str = ""

    def sentence(self) -> str:
        was = f" (было: «{self.previous}»)" if self.previous else ""
        return f"Тема вопроса {self.question}: «{self.topic}»{was}"


@dataclass(frozen=True, kw_only=True)
class PlaceSet(AppealEvent):
    place: str

    def sentence(self) -> str:
        return f"Место: {self.place}" if self.place else "Место снято"


@dataclass(frozen=True, kw_only=True)
class PrioritySet(AppealEvent):
    priority: str
    priority_label: str
    rule: str = ""

    def sentence(self) -> str:
        rule = f" по правилу «{self.rule}»" if self.rule else ""
        return f"Важность: {self.priority_label}{rule}"


@dataclass(frozen=True, kw_only=True)
class FastTrackSet(AppealEvent):
    on: bool
    mechanism: str = ""

    def sentence(self) -> str:
        which = f" по механизму «{self.mechanism}»" if self.mechanism else ""
        return f"Ускоренное решение{which}" if self.on else "Отметка ускоренного решения снята"


@dataclass(frozen=True, kw_only=True)
class ExecutorAssigned(AppealEvent):
    question: int
    body_id: int
    body: str
    role: str
    role_label: str
    account_id: int | None = None
    person: str = ""
    rule: str = ""
    instruction: str = ""

    def sentence(self) -> str:
        person = f", {self.person}" if self.person else ""
        rule = f" по правилу «{self.rule}»" if self.rule else ""
        return f"Вопрос {self.question}: {self.role_label} — {self.body}{person}{rule}"


@dataclass(frozen=True, kw_only=True)
class AssignmentWithdrawn(AppealEvent):
    question: int
    body_id: int
    body: str
    reason: str = ""

    def sentence(self) -> str:
        why = f": {self.reason}" if self.reason else ""
        return f"Вопрос {self.question}: снято с исполнителя {self.body}{why}"


@dataclass(frozen=True, kw_only=True)
class StatusChanged(AppealEvent):
    before: str
    after: str
    after_label: str
    reason: str = ""

    def sentence(self) -> str:
        why = f": {self.reason}" if self.reason else ""
        return f"Состояние: {self.after_label}{why}"


@dataclass(frozen=True, kw_only=True)
class AppealAnswered(AppealEvent):
    answered_at: datetime

    def sentence(self) -> str:
        return "Ответ дан"


@dataclass(frozen=True, kw_only=True)
class AppealReopened(AppealEvent):
    reason: str
    times: int = 1

    def sentence(self) -> str:
        return f"Возобновлено: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class RegimeConverted(AppealEvent):
    before: str
    after: str
    after_label: str
    reason: str

    def sentence(self) -> str:
        return f"Порядок изменён на «{self.after_label}»: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class RepeatLinked(AppealEvent):
    earlier_id: int
    earlier: str

    def sentence(self) -> str:
        return f"Связано с более ранним № {self.earlier}"


@dataclass(frozen=True, kw_only=True)
class RepeatUnlinked(AppealEvent):
    earlier_id: int
    earlier: str

    def sentence(self) -> str:
        return f"Связь с № {self.earlier} снята"


@dataclass(frozen=True, kw_only=True)
class RepetitionMarked(AppealEvent):
    """`mark` is empty when it was taken off."""

    mark: str

    def sentence(self) -> str:
        return f"Отмечено: {self.mark}" if self.mark else "Отметка о повторности снята"


@dataclass(frozen=True, kw_only=True)
class AnswerPublished(AppealEvent):
    url: str

    def sentence(self) -> str:
        return f"Ответ размещён{f': {self.url}' if self.url else ''}"


@dataclass(frozen=True, kw_only=True)
class ExternalUpdated(AppealEvent):
    fields: str

    def sentence(self) -> str:
        return f"Обновлено из выгрузки: {self.fields}"


@dataclass(frozen=True, kw_only=True)
class ThemeMarked(AppealEvent):
    """`theme` is a slug of the centre's themes, or «none»."""

    theme: str
    label: str

    def sentence(self) -> str:
        return f"Социально значимая тематика: {self.label}"


@dataclass(frozen=True, kw_only=True)
class ThemesFollowed(AppealEvent):
    """Cases without a mark of a person took over the themes of their topics."""

    subject: ClassVar[str] = "municipality"

    changed: int

    def sentence(self) -> str:
        return f"Отмечено по тематикам тем обращений: {self.changed}"


@dataclass(frozen=True, kw_only=True)
class QuestionAdded(AppealEvent):
    question: int
    text: str

    def sentence(self) -> str:
        return f"Выделен вопрос {self.question}: {self.text}"


@dataclass(frozen=True, kw_only=True)
class QuestionDropped(AppealEvent):
    question: int

    def sentence(self) -> str:
        return f"Вопрос {self.question} убран: выделен по ошибке"


@dataclass(frozen=True, kw_only=True)
class DoorOpened(Event):
    """A mailbox or account has an addressee now."""

    subject: ClassVar[str] = "door"
    door: str
    body: str

    def sentence(self) -> str:
        return f"Адресат для «{self.door}»: {self.body}"


@dataclass(frozen=True, kw_only=True)
class DoorClosed(DoorOpened):
    def sentence(self) -> str:
        return f"Снято закрепление «{self.door}» за адресатом {self.body}"


@dataclass(frozen=True, kw_only=True)
class NamingSet(Event):
    """What the centre calls all messages."""

    subject: ClassVar[str] = "municipality"
    on: bool

    def sentence(self) -> str:
        if self.on:
            return "Все сообщения называются обращениями"
        return "Обращения и сообщения различаются по названию"
