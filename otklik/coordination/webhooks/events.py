"""What happened to subscriptions of programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from otklik.base.events import Event


@dataclass(frozen=True, kw_only=True)
class SubscriptionEvent(Event):
    subject: ClassVar[str] = "webhook"

    program: str
    url: str


@dataclass(frozen=True, kw_only=True)
class SubscriptionSaved(SubscriptionEvent):
    news: tuple[str, ...]
    personal: bool

    def sentence(self) -> str:
        personal = ", с персональными данными" if self.personal else ""
        return f"Программа «{self.program}» получает оповещения на {self.url}{personal}"


@dataclass(frozen=True, kw_only=True)
class SubscriptionPaused(SubscriptionEvent):
    reason: str

    def sentence(self) -> str:
        return f"Оповещения программе «{self.program}» приостановлены: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class SubscriptionResumed(SubscriptionEvent):
    def sentence(self) -> str:
        return f"Оповещения программе «{self.program}» возобновлены"


@dataclass(frozen=True, kw_only=True)
class SubscriptionEnded(SubscriptionEvent):
    def sentence(self) -> str:
        return f"Оповещения программе «{self.program}» прекращены"


@dataclass(frozen=True, kw_only=True)
class DeliveryReplayed(SubscriptionEvent):
    def sentence(self) -> str:
        return f"Оповещение программе «{self.program}» отправлено ещё раз по решению сотрудника"
