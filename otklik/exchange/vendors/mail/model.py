"""What a letter is once it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Address:
    """`address` is in lower case; `name` may be empty."""

    address: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file of a letter. `inline` marks pictures shown inside the text (often a logo)."""

    name: str
    content_type: str
    content: bytes
    inline: bool = False


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """RFC 3464 fields of one report. `action`: failed, delayed, delivered, relayed, expanded."""

    action: str
    status: str
    recipient: str
    diagnostic: str
    original_id: str


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """A letter. `text` is what was written now, `quoted` the history below it.

    `headers` keeps the headers that say whether a robot wrote it, names in lower case.
    `broken` is true when the letter could only be read in part.
    """

    sender: Address | None
    recipients: tuple[Address, ...]
    subject: str
    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    date: datetime | None
    text: str
    quoted: str
    files: tuple[MailFile, ...]
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "text/plain"
    report: DeliveryReport | None = None
    broken: bool = False

    @property
    def thread_ids(self) -> tuple[str, ...]:
        """Letters this one answers, nearest first."""
        return tuple(dict.fromkeys((*self.in_reply_to, *reversed(self.references))))


@dataclass(frozen=True, slots=True)
class Bounce:
    """A letter of ours that did not arrive (`permanent`) or waits on the way."""

    original_id: str
    recipient: str
    permanent: bool
    reason: str
