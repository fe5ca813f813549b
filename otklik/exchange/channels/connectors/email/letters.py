"""A letter as an incoming message."""

from __future__ import annotations

from otklik.base import clock
from otklik.exchange.channels.connectors.base import Incoming, NewFile
from otklik.exchange.channels.vocabulary import Disposition, InboundKind
from otklik.exchange.vendors.mail.automatic import automatic_reason, bounce_of
from otklik.exchange.vendors.mail.imap import RawLetter
from otklik.exchange.vendors.mail.model import Bounce
from otklik.exchange.vendors.mail.parsing import parse


def incoming(letter: RawLetter, validity: int) -> Incoming:
    """Read a letter; robots' letters and delivery reports are marked and open no case."""
    mail = parse(letter.raw)
    bounce = bounce_of(mail)
    reason = automatic_reason(mail)
    return Incoming(
        kind=InboundKind.LETTER,
        external_id=mail.message_id[:500],
        received_at=letter.arrived_at or clock.now(),
        raw=letter.raw,
        cursor={"validity": validity, "uid": letter.uid},
        sender=mail.sender.address[:320] if mail.sender else "",
        sender_name=mail.sender.name[:300] if mail.sender else "",
        addressee=mail.recipients[0].address[:320] if mail.recipients else "",
        subject=mail.subject,
        text=mail.text,
        quoted=mail.quoted,
        thread_ids=mail.thread_ids[:50],
        files=[NewFile(file.name, file.content, file.content_type) for file in mail.files],
        disposition=_disposition(bounce, reason),
        reason=reason,
        lost=bounce.original_id if bounce else "",
        lost_reason=(bounce.reason or "адресат недоступен") if bounce and bounce.permanent else "",
    )


def _disposition(bounce: Bounce | None, reason: str) -> Disposition:
    if bounce is not None:
        return Disposition.BOUNCE
    return Disposition.AUTOMATIC if reason else Disposition.ACCEPTED
