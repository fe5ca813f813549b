"""Letters of a decision: the notice to the citizen, and papers to other bodies."""

from __future__ import annotations

from collections.abc import Sequence

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel
from otklik.directory.organisation.rules import Access
from otklik.exchange.channels.actions import queue_message
from otklik.exchange.channels.models import OutboundMessage
from otklik.exchange.channels.queries import account_for
from otklik.exchange.channels.vocabulary import ChannelKind, Purpose

_BY_MAIL = (
    Channel.EMAIL, Channel.PORTAL, Channel.HOTLINE122, Channel.PAPER, Channel.RECEPTION,
)  # fmt: skip
_BY_POST = (Channel.PAPER, Channel.RECEPTION, Channel.EMAIL)


def notify(*, access: Access, appeal: Appeal, subject: str, text: str, key: str) -> OutboundMessage:
    """The notice into the outbox of the channel the citizen wrote by, in this transaction.

    Raises Refused when there is nowhere to send it: then nothing is decided either.
    """
    kind, recipient = _where(appeal)
    return queue_message(
        municipality_id=appeal.municipality_id,
        actor=access.actor,
        channel=kind,
        purpose=Purpose.DECISION,
        recipient=recipient,
        subject=subject,
        text=text,
        case_id=appeal.pk,
        key=key,
        reply_to=[] if kind == ChannelKind.EMAIL else [appeal.external_number or appeal.number],
    )


def write_to(
    *,
    access: Access,
    appeal: Appeal,
    addressee: str,
    email: str,
    subject: str,
    text: str,
    key: str,
    attachment_ids: Sequence[int] = (),
) -> OutboundMessage:
    """A paper to another body: by mail when it and we have an address, else carried by hand."""
    mailbox = account_for(appeal.municipality_id, ChannelKind.EMAIL) if email else None
    kind = ChannelKind.EMAIL if mailbox else ChannelKind.PAPER
    return queue_message(
        municipality_id=appeal.municipality_id,
        actor=access.actor,
        channel=kind,
        purpose=Purpose.FORWARDING,
        recipient=email if mailbox else addressee,
        subject=subject,
        text=text,
        case_id=appeal.pk,
        key=key,
        attachment_ids=attachment_ids,
    )


def _where(appeal: Appeal) -> tuple[ChannelKind, str]:
    """By mail where it is known and the centre has a mailbox, else as the citizen wrote."""
    address = appeal.reply_address or appeal.applicant.email
    by_mail = appeal.channel in _BY_MAIL and "@" in address
    mailbox = account_for(appeal.municipality_id, ChannelKind.EMAIL) if by_mail else None
    if mailbox or (by_mail and appeal.channel == Channel.EMAIL):
        return ChannelKind.EMAIL, address
    if appeal.channel in _BY_POST:
        return ChannelKind.PAPER, appeal.applicant.postal_address
    person = appeal.applicant
    recipient = appeal.external_number or person.external_profile or person.phone
    return ChannelKind(appeal.channel), recipient
