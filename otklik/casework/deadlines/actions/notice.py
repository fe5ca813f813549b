"""Telling the citizen that the term was put off (59-ФЗ, article 12 part 2)."""

from __future__ import annotations

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel
from otklik.directory.organisation.rules import Access
from otklik.exchange.channels.actions import cancel_waiting, queue_message
from otklik.exchange.channels.models import OutboundMessage
from otklik.exchange.channels.vocabulary import ChannelKind, Purpose

_BY_MAIL = (Channel.EMAIL, Channel.PORTAL)


def send_notice(*, access: Access, appeal: Appeal, text: str, times: str) -> OutboundMessage:
    """Put the notice into the outbox of the channel the citizen wrote by.

    `times` tells one extension of a case from the next. Raises Refused when
    there is nowhere to send it: then the term is not extended either.
    """
    address = appeal.reply_address or appeal.applicant.email
    by_mail = appeal.channel in _BY_MAIL and "@" in address
    kind = ChannelKind.EMAIL if by_mail else ChannelKind(appeal.channel)
    return queue_message(
        municipality_id=appeal.municipality_id,
        actor=access.actor,
        channel=kind,
        purpose=Purpose.EXTENSION,
        recipient=address,
        subject=f"Продлён срок рассмотрения № {appeal.number}",
        text=text,
        case_id=appeal.pk,
        key=f"extension:{appeal.pk}:{times}",
        reply_to=[] if by_mail else [appeal.external_number or appeal.number],
    )


def recall_notice(*, access: Access, appeal: Appeal, times: str) -> bool:
    """Cancel the notice of an extension that has not left yet; False when it is too late."""
    key = f"extension:{appeal.pk}:{times}"
    return cancel_waiting(municipality_id=appeal.municipality_id, key=key, actor=access.actor)
