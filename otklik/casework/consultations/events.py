"""What happened to discussions, surveys and votes held on ПОС."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from otklik.base.events import Event


@dataclass(frozen=True, kw_only=True)
class _Step(Event):
    subject: ClassVar[str] = "consultation"

    what: str

    def sentence(self) -> str:
        return f"{self.title}: {self.what}"


@dataclass(frozen=True, kw_only=True)
class ConsultationSaved(_Step):
    title: ClassVar[str] = "Подготовлено мероприятие ПОС"


@dataclass(frozen=True, kw_only=True)
class ConsultationExported(_Step):
    title: ClassVar[str] = "Сделан файл для размещения в ПОС"


@dataclass(frozen=True, kw_only=True)
class ConsultationPlaced(_Step):
    title: ClassVar[str] = "Мероприятие размещено в ПОС"

    number: str
    link: str


@dataclass(frozen=True, kw_only=True)
class ConsultationStarted(_Step):
    title: ClassVar[str] = "Мероприятие ПОС началось"


@dataclass(frozen=True, kw_only=True)
class ConsultationFinished(_Step):
    title: ClassVar[str] = "Мероприятие ПОС завершено"


@dataclass(frozen=True, kw_only=True)
class ConsultationFileRead(_Step):
    title: ClassVar[str] = "Загружен файл итогов ПОС"

    file_name: str
    read: int
    refused: int


@dataclass(frozen=True, kw_only=True)
class ConsultationResultsKept(_Step):
    title: ClassVar[str] = "Внесены итоги мероприятия ПОС"

    participants: int
    votes: tuple[int, ...]
    source: str


@dataclass(frozen=True, kw_only=True)
class ConsultationProtocolAttached(_Step):
    title: ClassVar[str] = "Приложен протокол мероприятия ПОС"


@dataclass(frozen=True, kw_only=True)
class ConsultationPublished(_Step):
    title: ClassVar[str] = "Опубликованы итоги мероприятия ПОС"


@dataclass(frozen=True, kw_only=True)
class ConsultationCancelled(_Step):
    title: ClassVar[str] = "Мероприятие ПОС отменено"

    reason: str


@dataclass(frozen=True, kw_only=True)
class CommentDecided(_Step):
    title: ClassVar[str] = "Рассмотрен комментарий участника"
    subject: ClassVar[str] = "consultation_comment"

    state: str
