"""What the applicant and the centre wrote to each other after the case was registered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from otklik.casework.appeals.models import Appeal
from otklik.exchange.channels.models import InboundMessage, OutboundMessage
from otklik.exchange.channels.vocabulary import Purpose
from otklik.language.masking import for_work

INTERNAL = (Purpose.TASK, Purpose.NOTICE, Purpose.SERVICE)


def letters_of_applicant(
    case: Appeal, received: Iterable[InboundMessage], sent: Iterable[OutboundMessage]
) -> list[InboundMessage]:
    """Without the first word, which is the case itself, and without letters of executors."""
    executors = {each.recipient.casefold() for each in sent if each.purpose == Purpose.TASK}
    return [
        letter
        for letter in received
        if letter.pk != case.inbound_message_id and letter.sender.casefold() not in executors
    ]


def dialogue(
    came: Iterable[InboundMessage], sent: Iterable[OutboundMessage], *, personal: bool
) -> list[dict[str, Any]]:
    """Both sides, oldest first; without the right, personal data are masked."""
    rows: list[dict[str, Any]] = [
        {"at": m.received_at, "who": "Заявитель", "state": "", "text": m.text} for m in came
    ]
    rows += [
        {
            "at": m.sent_at or m.created_at,
            "who": m.get_purpose_display().capitalize(),
            "state": m.get_state_display(),
            "text": m.text,
        }
        for m in sent
        if m.purpose not in INTERNAL
    ]
    rows.sort(key=lambda row: row["at"])
    if personal:
        return rows
    return [{**row, "text": for_work(row["text"]).text} for row in rows]
