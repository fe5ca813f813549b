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
    Ability,
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
    """What a channel can do, as data. Limits in characters and bytes, 0 means none.

    `text_limit` is that of one answer: a longer one is split into parts before approval.
    `rate` calls a second and at most `burst` at once are allowed to one token; 0: not limited.
    `repeatable`: the service knows a repeat of `Parcel.key` and does it once.
    """

    delivery: Delivery
    receives: bool = False
    files: bool = False
    html: bool = False
    text_limit: int = 0
    abilities: frozenset[Ability] = frozenset()
    post_limit: int = 0
    caption_limit: int = 0
    media: Mapping[str, int] = field(default_factory=dict)  # kind of file → most bytes
    files_at_once: int = 0
    rate: float = 0
    burst: int = 1
    repeatable: bool = False

    def can(self, ability: Ability) -> bool:
        return ability in self.abilities


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
class PostAround:
    """The public post under which a comment stands. `text` empty: not known yet."""

    external_id: str
    text: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message fetched. `cursor` is how far the account is read once it is stored; empty when
    it came by a webhook.

    `lost` is the external id of a message of ours it reports lost (`lost_reason` empty: only
    delayed). `version` orders the edits of one message (the moment of the edit in seconds or
    milliseconds, 0 for the first text): an older one that comes later changes nothing. `deleted`:
    the author took the message away, everything else may be empty. `ours`: written by the page
    itself. `answer_to` is what `send` needs to answer right there (plain strings). `album`: parts
    of one message with several files bear the same key. `thread_ids` are the external ids of the
    messages it answers, nearest first.
    """

    kind: InboundKind
    external_id: str
    received_at: datetime
    raw: bytes
    cursor: Mapping[str, Any]
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
    version: int = 0
    deleted: bool = False
    ours: bool = False
    url: str = ""
    post: PostAround | None = None
    answer_to: Mapping[str, str] = field(default_factory=dict)
    album: str = ""


class Batch:
    """An open connection with messages to take. `confirm` is called after they are committed."""

    def messages(self) -> Iterator[Incoming]:
        raise NotImplementedError

    def confirm(self, taken: Sequence[Incoming]) -> None:
        """Tell the service that these need not come again; nothing by default."""

    def end(self) -> Mapping[str, Any]:
        """How far the account is read once every message is stored; empty: the last one tells."""
        return {}


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
    target: Mapping[str, str] = field(default_factory=dict)  # `Incoming.answer_to` of the message


@dataclass(frozen=True, slots=True)
class SendOutcome:
    """`detail` is the service's own answer, or a Russian sentence, for staff.

    `external_id`: the id of the message in the channel, when the service told it; `url`: where it
    is to be seen. `retry_after` seconds: what the service asked to wait with POSTPONED.
    """

    result: SendResult
    detail: str = ""
    external_id: str = ""
    url: str = ""
    retry_after: float = 0


@dataclass(frozen=True, slots=True)
class WebhookRequest:
    """A request of the service; names of `headers` in small letters."""

    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WebhookReply:
    """What the service is told at once. `event_id` (≤ 200 characters) makes a repeat harmless;
    empty: there is nothing to keep (a greeting, a confirmation)."""

    event_id: str = ""
    body: str = "ok"
    status: int = 200
    content_type: str = "text/plain; charset=utf-8"


class WebhookRefused(Exception):
    """The secret or the form of a request is wrong: 403 to whoever sent it, nothing is kept."""


@dataclass(frozen=True, slots=True)
class Post:
    """A publication on a page of ours. `key` is the same at every repeat of the same post."""

    key: str
    text: str
    media: Sequence[NewFile] = ()
    publish_at: datetime | None = None
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Counters of one publication; None: the service does not tell this one."""

    external_id: str
    views: int | None = None
    likes: int | None = None
    reposts: int | None = None
    comments: int | None = None
    reach: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One right or ability that was tried; `problem` is empty when the service granted it.

    `mend` says what to click on the other side. A finding may fail while the account works.
    """

    right: str
    problem: str = ""
    mend: str = ""


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

    kind: ClassVar[str]
    label: ClassVar[str] = ""  # the Russian name of a kind that ChannelKind does not list
    capabilities: ClassVar[Capabilities]
    settings_class: ClassVar[type[ChannelSettings]] = ChannelSettings
    secret_fields: ClassVar[Mapping[str, str]] = {}

    def probe(self, card: AccountCard) -> Probe:
        """Whether the account works now, without sending anything to anybody."""
        return Probe()

    def fetch(self, card: AccountCard, cursor: Mapping[str, Any]) -> AbstractContextManager[Batch]:
        """Messages after the cursor. Raises ConnectorError."""
        raise NotImplementedError(f"{self.kind} receives nothing by itself")

    def wait(self, card: AccountCard, cursor: Mapping[str, Any], seconds: float) -> bool | None:
        """Hold a connection until something new may be there, at most so long; None when the
        service cannot tell, so that visits alone must do. Raises ConnectorError."""
        return None

    def send(self, card: AccountCard, parcel: Parcel) -> SendOutcome:
        """Send once. Whatever is not known for certain is SendResult.UNKNOWN."""
        return SendOutcome(SendResult.TO_CARRY)

    def webhook(self, card: AccountCard, request: WebhookRequest) -> WebhookReply:
        """Check a request and name its event: no network, no database. Raises WebhookRefused."""
        raise WebhookRefused(f"{self.kind} takes no webhooks")

    def read_event(self, card: AccountCard, body: bytes) -> Sequence[Incoming]:
        """The messages of a kept event; may ask the service for what is missing around them.

        Raises ConnectorError when it should be read again later; anything else sets it aside.
        """
        raise NotImplementedError(f"{self.kind} takes no webhooks")

    def connect_webhook(self, card: AccountCard, url: str) -> Probe:
        """Tell the service to send events to this address. Raises ConnectorError."""
        raise ConnectorError("Этот канал не присылает события сам.")

    def publish(self, card: AccountCard, post: Post) -> SendOutcome:
        """Place a publication once."""
        return SendOutcome(SendResult.TO_CARRY)

    def stats(self, card: AccountCard, external_ids: Sequence[str]) -> Sequence[Figures]:
        """Counters of publications; those the service no longer knows are left out."""
        return ()

    def token(self, card: AccountCard) -> str:
        """What the service's limits are counted by; accounts with the same one share them."""
        return next(iter(card.secret.values()), "")

    def external_id(self, card: AccountCard, key: str) -> str:
        """The id the message will have in the channel, where it is known before sending."""
        return ""

    def was_sent(self, card: AccountCard, external_id: str) -> bool:
        """Whether the service holds this message of ours. False also when it cannot be known."""
        return False

    def find_sent(self, card: AccountCard, parcel: Parcel) -> str:
        """External id of a message that may have gone, found by reading the thread it belongs to;
        empty when it is not there or cannot be known. `parcel.moment` is when it was tried."""
        return ""
