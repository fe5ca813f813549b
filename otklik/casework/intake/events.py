"""What happened at intake."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from otklik.base.events import Event
from otklik.casework.intake.vocabulary import InboxKind


@dataclass(frozen=True, kw_only=True)
class ImportStarted(Event):
    subject: ClassVar[str] = "import"

    file_name: str
    source: str
    dry_run: bool
    by_worker: bool = False

    def sentence(self) -> str:
        kind = "Начата пробная загрузка" if self.dry_run else "Начата загрузка"
        return f"{kind} файла «{self.file_name}»"


@dataclass(frozen=True, kw_only=True)
class AppealsImported(Event):
    """A batch of rows became cases; wakes what single registrations would wake one by one."""

    subject: ClassVar[str] = "import"
    title: ClassVar[str] = "Загружена часть выгрузки"

    created: tuple[int, ...]
    updated: tuple[int, ...] = ()
    without_topic: tuple[int, ...] = ()

    def sentence(self) -> str:
        return (
            f"Загружена часть выгрузки: создано {len(self.created)}, обновлено {len(self.updated)}"
        )


@dataclass(frozen=True, kw_only=True)
class ImportFinished(Event):
    subject: ClassVar[str] = "import"

    read: int
    created: int
    updated: int
    unchanged: int
    refused: int

    def sentence(self) -> str:
        return (
            f"Загрузка завершена: прочитано {self.read}, создано {self.created}, обновлено "
            f"{self.updated}, без изменений {self.unchanged}, не принято {self.refused}"
        )


@dataclass(frozen=True, kw_only=True)
class ImportProfileSaved(Event):
    subject: ClassVar[str] = "import_profile"

    profile: str

    def sentence(self) -> str:
        return f"Сохранён профиль загрузки «{self.profile}»"


@dataclass(frozen=True, kw_only=True)
class InboxEvent(Event):
    """Something was done with a thing of the intake queue; `subject_id` is its number."""

    subject: ClassVar[str] = "inbox"

    kind: str

    def what(self) -> str:
        return f"{InboxKind(self.kind).label} {self.subject_id}"


@dataclass(frozen=True, kw_only=True)
class InboxSetAside(InboxEvent):
    title: ClassVar[str] = "Входящее отложено"

    reason: str

    def sentence(self) -> str:
        return f"{self.title} ({self.what()}): {self.reason}"


@dataclass(frozen=True, kw_only=True)
class InboxTakenBack(InboxEvent):
    title: ClassVar[str] = "Отложенное входящее возвращено в очередь"

    def sentence(self) -> str:
        return f"{self.title} ({self.what()})"


@dataclass(frozen=True, kw_only=True)
class InboxAnswered(InboxEvent):
    title: ClassVar[str] = "На входящее отвечено без регистрации обращения"

    def sentence(self) -> str:
        return f"{self.title} ({self.what()})"


@dataclass(frozen=True, kw_only=True)
class InboxJoined(InboxEvent):
    """A person made a case of it, or added it to one."""

    title: ClassVar[str] = "Входящее отнесено к обращению"

    number: str

    def sentence(self) -> str:
        return f"{self.title} №\u00a0{self.number} ({self.what()})"


@dataclass(frozen=True, kw_only=True)
class ImportProfileRemoved(Event):
    subject: ClassVar[str] = "import_profile"

    profile: str

    def sentence(self) -> str:
        return f"Удалён профиль загрузки «{self.profile}»"


@dataclass(frozen=True, kw_only=True)
class DifferenceDecided(Event):
    subject: ClassVar[str] = "difference"

    what: str
    decision: str
    note: str = ""

    def sentence(self) -> str:
        return f"Расхождение с другой системой ({self.what}): {self.decision}" + (
            f". {self.note}" if self.note else ""
        )


@dataclass(frozen=True, kw_only=True)
class NetworkSwitched(Event):
    subject: ClassVar[str] = "network"

    network: str
    enabled: bool

    def sentence(self) -> str:
        verb = "принимаются" if self.enabled else "не принимаются"
        return f"Сообщения сети «{self.network}» из выгрузок {verb}"
