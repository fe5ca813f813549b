"""Parts of a letter: what is text, what is a file, what is a delivery report."""

from __future__ import annotations

from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message

from otklik.exchange.vendors.mail import html
from otklik.exchange.vendors.mail.charsets import clean, decode
from otklik.exchange.vendors.mail.headers import (
    RawMessage,
    file_name,
    header,
    message_ids,
)
from otklik.exchange.vendors.mail.model import DeliveryReport, MailFile

MAX_TEXT = 300_000
MAX_PARTS = 500
MAX_DEPTH = 30
EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}


@dataclass
class Parts:
    """What was gathered while walking the letter."""

    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    files: list[MailFile] = field(default_factory=list)
    report: dict[str, str] = field(default_factory=dict)
    original_id: str = ""
    seen: int = 0
    cut_short: bool = False

    @property
    def text(self) -> str:
        """Plain text when the sender gave any, else the HTML as text."""
        plain = "\n\n".join(part.strip() for part in self.plain if part.strip())
        return plain or html.to_text("<br>".join(self.html)[:MAX_TEXT])

    def delivery_report(self) -> DeliveryReport | None:
        if not self.report:
            return None
        return DeliveryReport(
            action=self.report.get("action", "").lower(),
            status=self.report.get("status", ""),
            recipient=self.report.get("final-recipient", "").rpartition(";")[2].strip(),
            diagnostic=self.report.get("diagnostic-code", "").partition(";")[2].strip(),
            original_id=self.original_id,
        )


def gather(message: RawMessage) -> Parts:
    """Walk the letter; a monstrous one is cut short rather than refused."""
    parts = Parts()
    _walk(message, parts, depth=0)
    return parts


def _walk(part: RawMessage, parts: Parts, depth: int) -> None:
    parts.seen += 1
    if parts.seen > MAX_PARTS or depth > MAX_DEPTH:
        parts.cut_short = True
        return
    kind = part.get_content_type()
    payload = part.get_payload()
    if kind == "message/delivery-status":
        _read_report(part, parts)
    elif kind in ("message/rfc822", "text/rfc822-headers"):
        _read_enclosed(part, parts)
    elif isinstance(payload, list):
        for child in payload:
            if isinstance(child, Message):
                _walk(child, parts, depth + 1)
    else:
        _read_leaf(part, kind, parts)


def _read_leaf(part: RawMessage, kind: str, parts: Parts) -> None:
    content = _content(part)
    name = file_name(part)
    disposition = (part.get_content_disposition() or "").lower()
    if kind in ("text/plain", "text/html") and not name and disposition != "attachment":
        text = decode(content[:MAX_TEXT], _charset(part))
        (parts.plain if kind == "text/plain" else parts.html).append(text)
    elif content:
        number = len(parts.files) + 1
        parts.files.append(
            MailFile(
                name=name or f"вложение {number}.{EXTENSIONS.get(kind, 'bin')}",
                content_type=clean(kind),
                content=content,
                inline=disposition == "inline" or "Content-ID" in part,
            )
        )


def _read_enclosed(part: RawMessage, parts: Parts) -> None:
    """A letter inside a letter is kept as a file; in a report it names what was not delivered."""
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    if isinstance(inner, Message):
        ids = message_ids(inner, "Message-ID")
        subject = header(inner, "Subject")[:80]
        content = _as_bytes(inner)
    else:
        content = _content(part)
        ids = _ids_in(content)
        subject = ""
    parts.original_id = parts.original_id or (ids[0] if ids else "")
    if part.get_content_type() == "message/rfc822":
        name = file_name(part) or f"{subject or 'письмо'}.eml".replace("/", "_")
        parts.files.append(MailFile(name=name, content_type="message/rfc822", content=content))


def _read_report(part: RawMessage, parts: Parts) -> None:
    payload = part.get_payload()
    for block in payload if isinstance(payload, list) else []:
        if not isinstance(block, Message):
            continue
        for key in ("Action", "Status", "Final-Recipient", "Diagnostic-Code"):
            value = header(block, key)
            if value:
                parts.report.setdefault(key.lower(), value)


def _content(part: RawMessage) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        payload = None
    return payload if isinstance(payload, bytes) else b""


def _charset(part: RawMessage) -> str | None:
    try:
        return part.get_content_charset()
    except (LookupError, UnicodeError, ValueError):
        return None


def _as_bytes(message: RawMessage) -> bytes:
    try:
        return message.as_bytes()
    except (UnicodeError, LookupError, ValueError, AttributeError, TypeError):
        return b""


def _ids_in(content: bytes) -> tuple[str, ...]:
    return message_ids(message_from_bytes(content), "Message-ID")
