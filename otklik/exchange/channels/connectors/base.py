"""The contract of a connector: plain data in and out, no database.

A new channel is a sub-package here with a class marked `@register`; no shared list is edited.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from otklik.exchange.channels.vocabulary import (
    ChannelKind,
    Delivery,
    Disposition,
    InboundKind,
    SendResult,
)


class ChannelSettings(BaseModel):
    """Settings of an account; a connector's own are a subclass. Field titles are Russian."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can do, as data. `text_limit` in characters, 0 means none."""

    delivery: Delivery
    receives: bool = False
    files: bool = False
    html: bool = False
    text_limit: int = 0


@dataclass(frozen=True)
class AccountCard:
    """An account as a connector sees it: checked settings and the opened secret."""

    settings: ChannelSettings
    secret: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file on its way in or out."""

    name: str
    content: bytes
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message fetched. `cursor` is how far the account is read once it is stored.

    `confirms` is the external id of a message of ours that this one proves sent;
    `lost` that of one it reports lost (`lost_reason` empty: only delayed).
    """

    kind: InboundKind
    external_id: str
    received_at: datetime
    raw: bytes
    cursor: Mapping[str, int]
    sender: str = ""
    sender_name: str = ""
    addressee: str = ""
    subject: str = ""
    text: str = ""
    quoted: str = ""
    thread_ids: tuple[str, ...] = ()
    files: Sequence[NewFile] = ()
    disposition: Disposition = Disposition.ACCEPTED
    reason: str = ""
    lost: str = ""
    lost_reason: str = ""


class Batch:
    """An open connection with messages to take. `confirm` is called after they are committed."""

    def messages(self) -> Iterator[Incoming]:
        raise NotImplementedError

    def confirm(self, taken: Sequence[Incoming]) -> None:
        """Tell the service that these need not come again; nothing by default."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message to send. `key` is the same at every repeat of the same message."""

    key: str
    recipient: str
    subject: str
    text: str
    moment: datetime
    html: str = ""
    files: Sequence[NewFile] = ()
    reply_to: Sequence[str] = ()
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class SendOutcome:
    """`detail` is the service's own answer, or a Russian sentence, for staff."""

    result: SendResult
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One right or ability that was tried; `problem` is empty when the service granted it."""

    right: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Probe:
    """`problem` is empty when the account works; `findings`: what was tried, in order."""

    problem: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def works(self) -> bool:
        return not self.problem


class ConnectorError(Exception):
    """The service cannot be reached or refuses us now; the text is for staff."""


class Connector:
    """A channel. Sub-classes state `kind`, `capabilities` and override what they can do."""

    kind: ClassVar[ChannelKind]
    capabilities: ClassVar[Capabilities]
    settings_class: ClassVar[type[ChannelSettings]] = ChannelSettings
    secret_fields: ClassVar[Mapping[str, str]] = {}

    def probe(self, card: AccountCard) -> Probe:
        """Whether the account works now, without sending anything to anybody."""
        return Probe()

    def fetch(self, card: AccountCard, cursor: Mapping[str, Any]) -> AbstractContextManager[Batch]:
        """Messages after the cursor. Raises ConnectorError."""
        raise NotImplementedError(f"{self.kind} receives nothing by itself")

    def send(self, card: AccountCard, parcel: Parcel) -> SendOutcome:
        """Send once. Whatever is not known for certain is SendResult.UNKNOWN."""
        return SendOutcome(SendResult.TO_CARRY)

    def external_id(self, card: AccountCard, key: str) -> str:
        """The id the message will have in the channel, where it is known before sending."""
        return ""

    def was_sent(self, card: AccountCard, external_id: str) -> bool:
        """Whether the service holds this message of ours. False also when it cannot be known."""
        return False
