"""Letters of ours."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address as HeaderAddress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from otklik.exchange.vendors.mail.model import MailFile

MARK = "X-Otklik"
CONTROL = dict.fromkeys((*range(32), 127), " ")


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """`key` names the row of the outbox; the Message-ID follows from it alone."""

    key: str
    sender: str
    recipient: str
    subject: str
    text: str
    date: datetime
    sender_name: str = ""
    html: str = ""
    reply_to: Sequence[str] = ()
    files: Sequence[MailFile] = field(default_factory=tuple)
    automatic: bool = False


def message_id_for(key: str, sender: str) -> str:
    """The Message-ID of an outbox row: the same row always has the same one."""
    domain = sender.rpartition("@")[2] or "localhost"
    return f"<otklik.{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def compose(mail: OutgoingMail) -> bytes:
    """The letter's bytes. Raises ValueError when an address cannot be written as one."""
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(mail.sender, mail.sender_name)
    message["To"] = _address(mail.recipient)
    message["Subject"] = _one_line(mail.subject)
    message["Date"] = format_datetime(mail.date)
    message["Message-ID"] = message_id_for(mail.key, mail.sender)
    message[MARK] = "1"
    if mail.reply_to:
        message["In-Reply-To"] = _one_line(mail.reply_to[0])
        message["References"] = " ".join(_one_line(each) for each in reversed(mail.reply_to))
    if mail.automatic:
        message["Auto-Submitted"] = "auto-replied"
    message.set_content(mail.text, cte="base64" if not mail.text.isascii() else None)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    for file in mail.files:
        _attach(message, file)
    return message.as_bytes()


def _attach(message: EmailMessage, file: MailFile) -> None:
    kind = file.content_type or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    main, _, sub = kind.partition("/")
    if main in ("message", "multipart") or not sub:
        main, sub = "application", "octet-stream"
    message.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name)


def _address(address: str, name: str = "") -> HeaderAddress:
    clean = _one_line(address)
    local, at, domain = clean.rpartition("@")
    if not at or not local or not domain or any(char in clean for char in " ,;<>"):
        raise ValueError(f"not an address: {clean!r}")
    return HeaderAddress(
        display_name=_one_line(name),
        username=local,
        domain=domain.encode("idna").decode(),
    )


def _one_line(value: str) -> str:
    """No line breaks: they would let a subject add headers of its own."""
    return " ".join(value.translate(CONTROL).split())
