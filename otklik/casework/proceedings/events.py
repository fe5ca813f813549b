"""Facts of decisions by the law, each with the sentence that the story shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from otklik.base.events import Event


@dataclass(frozen=True, kw_only=True)
class ProceedingEvent(Event):
    subject: ClassVar[str] = "appeal"


@dataclass(frozen=True, kw_only=True)
class Decided(ProceedingEvent):
    decision_id: int
    verb: str
    verb_label: str
    article: str
    reason: str
    addressees: tuple[str, ...] = ()
    late_reason: str = ""

    def sentence(self) -> str:
        whom = f": {', '.join(self.addressees)}" if self.addressees else ""
        late = f" Позже срока: {self.late_reason}." if self.late_reason else ""
        what = self.verb_label[:1].upper() + self.verb_label[1:]
        return f"{what} ({self.article}){whom}. Причина: {self.reason.rstrip('.')}.{late}"


@dataclass(frozen=True, kw_only=True)
class NoticeSent(ProceedingEvent):
    decision_id: int
    article: str

    def sentence(self) -> str:
        return f"Заявителю отправлено уведомление ({self.article})"


@dataclass(frozen=True, kw_only=True)
class DocumentsRequested(ProceedingEvent):
    request_id: int
    addressee: str
    what: str
    due_on: date

    def sentence(self) -> str:
        return f"Запрошены документы: {self.addressee}, до {self.due_on:%d.%m.%Y}. {self.what}"


@dataclass(frozen=True, kw_only=True)
class DocumentsReminded(ProceedingEvent):
    request_id: int
    addressee: str

    def sentence(self) -> str:
        return f"Напоминание о запрошенных документах: {self.addressee}"


@dataclass(frozen=True, kw_only=True)
class DocumentsReceived(ProceedingEvent):
    request_id: int
    addressee: str
    late: bool

    def sentence(self) -> str:
        when = "позже срока" if self.late else "в срок"
        return f"Получены документы {when}: {self.addressee}"


@dataclass(frozen=True, kw_only=True)
class MaterialsAdded(ProceedingEvent):
    files: int
    from_citizen: bool

    def sentence(self) -> str:
        files = f", файлов: {self.files}" if self.files else ""
        who = "Заявитель добавил материалы" if self.from_citizen else "Приобщены материалы"
        return f"{who}{files}"


@dataclass(frozen=True, kw_only=True)
class FileRead(ProceedingEvent):
    shown: str
    withheld: str = ""

    def sentence(self) -> str:
        kept = f". Не показано: {self.withheld}" if self.withheld else ""
        return f"Заявитель ознакомлен с материалами: {self.shown}{kept}"


@dataclass(frozen=True, kw_only=True)
class ComplainedSet(ProceedingEvent):
    officials: tuple[str, ...]

    def sentence(self) -> str:
        return f"Обжалуются: {', '.join(self.officials) or 'не указано'}"


@dataclass(frozen=True, kw_only=True)
class SignatoriesSet(ProceedingEvent):
    count: int

    def sentence(self) -> str:
        return f"Коллективное обращение, подписавших: {self.count}"


@dataclass(frozen=True, kw_only=True)
class KinLinked(ProceedingEvent):
    earlier_id: int
    earlier: str
    kind_label: str
    by_hand: bool

    def sentence(self) -> str:
        how = "вручную" if self.by_hand else "автоматически"
        return f"Связано {how} с № {self.earlier}: {self.kind_label}"


@dataclass(frozen=True, kw_only=True)
class KinUnlinked(ProceedingEvent):
    earlier_id: int
    earlier: str
    reason: str

    def sentence(self) -> str:
        return f"Связь с № {self.earlier} снята: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class EmailExplained(ProceedingEvent):
    def sentence(self) -> str:
        return "Заявителю объяснено, как подать обращение по закону"


@dataclass(frozen=True, kw_only=True)
class GroundSaved(Event):
    subject: ClassVar[str] = "ground"
    slug: str
    article: str
    since: date

    def sentence(self) -> str:
        return f"Новая редакция основания {self.article} с {self.since:%d.%m.%Y}"


@dataclass(frozen=True, kw_only=True)
class DefinitionSaved(Event):
    """`count`: from which case on; None for words that know no count."""

    subject: ClassVar[str] = "definition"
    word: str
    days: int
    count: int | None = None

    def sentence(self) -> str:
        count = f", с обращения по счёту: {self.count}" if self.count else ""
        return f"Своё определение «{self.word}»: дней {self.days}{count}"
