"""`parse(raw)`: a letter as it came over the wire → `ParsedMail`."""

from __future__ import annotations

import hashlib
from email import message_from_bytes
from email.message import Message
from email.parser import BytesHeaderParser

from otklik.exchange.vendors.mail import quotes
from otklik.exchange.vendors.mail.bodies import MAX_TEXT, Parts, gather
from otklik.exchange.vendors.mail.charsets import decode
from otklik.exchange.vendors.mail.headers import (
    RawMessage,
    addresses,
    header,
    message_ids,
    sent_at,
)
from otklik.exchange.vendors.mail.model import ParsedMail

TELLING = (
    "auto-submitted",
    "precedence",
    "x-auto-response-suppress",
    "x-autoreply",
    "x-autorespond",
    "x-autoresponder",
    "x-failed-recipients",
    "list-id",
    "list-unsubscribe",
    "return-path",
    "x-otklik",
)


def parse(raw: bytes) -> ParsedMail:
    """Read a letter. Broken MIME gives as much as can be read and `broken=True`, never an error."""
    message, parts, broken = _read(raw)
    text, quoted = quotes.split(parts.text[:MAX_TEXT])
    senders = addresses(message, "From") or addresses(message, "Reply-To", "Sender")
    ids = message_ids(message, "Message-ID")
    return ParsedMail(
        sender=senders[0] if senders else None,
        recipients=addresses(message, "To", "Cc", "Delivered-To"),
        subject=header(message, "Subject")[:1000],
        message_id=ids[0] if ids else _own_id(raw),
        in_reply_to=message_ids(message, "In-Reply-To"),
        references=message_ids(message, "References"),
        date=sent_at(message),
        text=text,
        quoted=quoted,
        files=tuple(parts.files),
        headers={name: header(message, name) for name in TELLING if name in message},
        content_type=message.get_content_type(),
        report=parts.delivery_report(),
        broken=broken or parts.cut_short,
    )


def _read(raw: bytes) -> tuple[RawMessage, Parts, bool]:
    try:
        message: RawMessage = message_from_bytes(raw)
        return message, gather(message), False
    # Thousands of nested parts exhaust the library's own recursion.
    except (
        RecursionError,
        ValueError,
        LookupError,
        AttributeError,
        TypeError,
        AssertionError,
    ):
        return _headers_only(raw)


def _headers_only(raw: bytes) -> tuple[RawMessage, Parts, bool]:
    head, _, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    message: RawMessage
    try:
        message = BytesHeaderParser().parsebytes(head)
    except (ValueError, LookupError, AttributeError, TypeError, AssertionError):
        message = Message()
    return message, Parts(plain=[decode(body[:MAX_TEXT])]), True


def _own_id(raw: bytes) -> str:
    """Letters without an id get one of their own bytes, so that a repeat is still a repeat."""
    return f"<{hashlib.sha256(raw).hexdigest()[:40]}@no-message-id.invalid>"
