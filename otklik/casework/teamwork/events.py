"""What happened between the bodies; texts of notes and talks stay out of the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from otklik.base.events import Event


@dataclass(frozen=True, kw_only=True)
class EntryWritten(Event):
    subject: ClassVar[str] = "teamwork_entry"

    kind_label: str

    def sentence(self) -> str:
        return f"Совместная работа: {self.kind_label}"


@dataclass(frozen=True, kw_only=True)
class InformationAsked(Event):
    subject: ClassVar[str] = "teamwork_request"

    kind_label: str
    addressee: str
    due_at: datetime

    def sentence(self) -> str:
        return f"{self.kind_label.capitalize()}: {self.addressee}, срок {self.due_at:%d.%m.%Y}"


@dataclass(frozen=True, kw_only=True)
class InformationGiven(Event):
    subject: ClassVar[str] = "teamwork_request"

    addressee: str
    way: str = ""

    def sentence(self) -> str:
        way = f" ({self.way})" if self.way else ""
        return f"Получен ответ на запрос: {self.addressee}{way}"


@dataclass(frozen=True, kw_only=True)
class RequestCancelled(Event):
    subject: ClassVar[str] = "teamwork_request"

    addressee: str

    def sentence(self) -> str:
        return f"Запрос отозван: {self.addressee}"


@dataclass(frozen=True, kw_only=True)
class RequestReminded(Event):
    subject: ClassVar[str] = "teamwork_request"

    addressee: str

    def sentence(self) -> str:
        return f"Напоминание о просроченном запросе: {self.addressee}"


@dataclass(frozen=True, kw_only=True)
class AssignmentReceived(Event):
    subject: ClassVar[str] = "assignment"

    body: str

    def sentence(self) -> str:
        return f"Принято в работу: {self.body}"


@dataclass(frozen=True, kw_only=True)
class AssignmentHandedBack(Event):
    subject: ClassVar[str] = "hand_back"

    body: str
    proposed: str = ""
    reason: str = ""
    disputed: bool = False

    def sentence(self) -> str:
        what = "Спор о компетенции" if self.disputed else "Возвращено как не относящееся"
        whom = f"; предлагает исполнителя: {self.proposed}" if self.proposed else ""
        return f"{what}: {self.body} — {self.reason}{whom}"


@dataclass(frozen=True, kw_only=True)
class HandBackDecided(Event):
    subject: ClassVar[str] = "hand_back"

    state_label: str
    body: str
    assigned: str = ""
    reason: str = ""

    def sentence(self) -> str:
        whom = f" — {self.assigned}" if self.assigned else ""
        why = f": {self.reason}" if self.reason else ""
        return f"Решение по возврату ({self.body}): {self.state_label}{whom}{why}"


@dataclass(frozen=True, kw_only=True)
class PassedUrgently(Event):
    subject: ClassVar[str] = "assignment"

    body: str
    rule: str = ""

    def sentence(self) -> str:
        rule = f" по правилу «{self.rule}»" if self.rule else ""
        return f"Передано срочно: {self.body}{rule}"


@dataclass(frozen=True, kw_only=True)
class FirstReaction(Event):
    subject: ClassVar[str] = "assignment"

    body: str
    reaction_label: str
    minutes: int

    def sentence(self) -> str:
        return f"Первая реакция: {self.body} — {self.reaction_label}, через {self.minutes} мин"


@dataclass(frozen=True, kw_only=True)
class ReceiptDaysSet(Event):
    """`subject_id` is the municipality; None: as shipped."""

    subject: ClassVar[str] = "municipality"

    days: int | None

    def sentence(self) -> str:
        said = "обычный" if self.days is None else f"рабочих дней: {self.days}"
        return f"Срок приёма поручения в работу: {said}"


@dataclass(frozen=True, kw_only=True)
class BlocksInvited(Event):
    subject: ClassVar[str] = "invitation"
    title: ClassVar[str] = "Руководители блоков приглашены"

    kind_label: str
    starts_at: datetime
    blocks: tuple[str, ...]

    def sentence(self) -> str:
        return f"{self.title} ({self.kind_label}): {', '.join(self.blocks)}"


@dataclass(frozen=True, kw_only=True)
class InvitationAnswered(Event):
    subject: ClassVar[str] = "invitation"
    title: ClassVar[str] = "Ответ на приглашение"

    block: str
    answer: str

    def sentence(self) -> str:
        return f"{self.title}: {self.block} — {self.answer}"


@dataclass(frozen=True, kw_only=True)
class InvitationCancelled(Event):
    subject: ClassVar[str] = "invitation"
    title: ClassVar[str] = "Приглашение отменено"
