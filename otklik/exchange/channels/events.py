"""What happened at the border with the outer world."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from otklik.base.events import Event
from otklik.exchange.channels.vocabulary import channel_label


@dataclass(frozen=True, kw_only=True)
class MessageReceived(Event):
    """A new message came and waits for its case. `subject_id` is the inbound message."""

    subject: ClassVar[str] = "inbound_message"
    title: ClassVar[str] = "Получено сообщение"

    channel: str
    account_id: int
    in_parts: bool = False  # more parts of the same message may follow within seconds

    def sentence(self) -> str:
        return f"Получено сообщение по каналу «{channel_label(self.channel)}»"


@dataclass(frozen=True, kw_only=True)
class MessageRevised(MessageReceived):
    """The author changed a message that had come before; `subject_id` is the new revision."""

    title: ClassVar[str] = "Автор изменил сообщение"

    revision: int

    def sentence(self) -> str:
        return f"Автор изменил сообщение, редакция {self.revision}"


@dataclass(frozen=True, kw_only=True)
class MessageRemoved(Event):
    """The author took a message away in the channel; what we hold stays as it is."""

    subject: ClassVar[str] = "inbound_message"
    title: ClassVar[str] = "Автор удалил сообщение"

    channel: str

    def sentence(self) -> str:
        return f"Автор удалил сообщение в канале «{channel_label(self.channel)}»"


@dataclass(frozen=True, kw_only=True)
class OutboundEvent(Event):
    """Something happened to a message of ours. `subject_id` is the outbound message."""

    subject: ClassVar[str] = "outbound_message"

    channel: str
    purpose: str
    recipient: str = ""

    def place(self) -> str:
        name = f"«{channel_label(self.channel)}»"
        return f"{name}, {self.recipient}" if self.recipient else name


@dataclass(frozen=True, kw_only=True)
class MessageQueued(OutboundEvent):
    title: ClassVar[str] = "Сообщение поставлено в очередь на отправку"

    def sentence(self) -> str:
        return f"{self.title}: {self.place()}"


@dataclass(frozen=True, kw_only=True)
class MessageSent(OutboundEvent):
    title: ClassVar[str] = "Сообщение отправлено"

    delivered: bool = False

    def sentence(self) -> str:
        done = "Сообщение доставлено" if self.delivered else self.title
        return f"{done}: {self.place()}"


@dataclass(frozen=True, kw_only=True)
class MessageReadyToCarry(OutboundEvent):
    title: ClassVar[str] = "Ответ готов к размещению вручную"

    def sentence(self) -> str:
        return f"{self.title}: {self.place()}"


@dataclass(frozen=True, kw_only=True)
class MessagePublished(OutboundEvent):
    title: ClassVar[str] = "Ответ размещён"

    url: str = ""

    def sentence(self) -> str:
        return f"{self.title}: {self.place()}" + (f", {self.url}" if self.url else "")


@dataclass(frozen=True, kw_only=True)
class MessageFailed(OutboundEvent):
    title: ClassVar[str] = "Сообщение не доставлено"

    reason: str

    def sentence(self) -> str:
        return f"{self.title}: {self.place()}. {self.reason}".rstrip(". ")


@dataclass(frozen=True, kw_only=True)
class MessageUnconfirmed(OutboundEvent):
    title: ClassVar[str] = "Доставка не подтверждена"

    reason: str

    def sentence(self) -> str:
        return f"{self.title}: {self.place()}. {self.reason}".rstrip(". ")


@dataclass(frozen=True, kw_only=True)
class MessageCancelled(OutboundEvent):
    title: ClassVar[str] = "Отправка отменена"


@dataclass(frozen=True, kw_only=True)
class MessageResent(OutboundEvent):
    title: ClassVar[str] = "Сообщение отправляется повторно по решению сотрудника"


@dataclass(frozen=True, kw_only=True)
class AnswersExported(Event):
    """A file of answers to be carried into another system was made; `subject_id` is 0."""

    subject: ClassVar[str] = "answers_file"
    title: ClassVar[str] = "Выгружен файл ответов"

    channel: str
    message_ids: tuple[int, ...]

    def sentence(self) -> str:
        label = channel_label(self.channel)
        return f"Выгружен файл ответов для канала «{label}», ответов: {len(self.message_ids)}"


@dataclass(frozen=True, kw_only=True)
class ChannelSetUp(Event):
    subject: ClassVar[str] = "channel_account"
    title: ClassVar[str] = "Изменены настройки канала"

    channel_title: str
    enabled: bool
    basis: str = ""

    def sentence(self) -> str:
        state = "включён" if self.enabled else "выключен"
        basis = f" Основание: {self.basis}." if self.basis else ""
        return f"Канал «{self.channel_title}» настроен и {state}.{basis}"


@dataclass(frozen=True, kw_only=True)
class ChannelBroken(Event):
    """A channel has failed several times in a row."""

    subject: ClassVar[str] = "channel_account"
    title: ClassVar[str] = "Канал не отвечает"

    channel_title: str
    reason: str

    def sentence(self) -> str:
        return f"Канал «{self.channel_title}» не отвечает: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class ChannelRecovered(Event):
    subject: ClassVar[str] = "channel_account"
    title: ClassVar[str] = "Канал снова работает"

    channel_title: str

    def sentence(self) -> str:
        return f"Канал «{self.channel_title}» снова работает"
