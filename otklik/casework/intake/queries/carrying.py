"""The work list «Перенести в систему»: answers for systems without an interface."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from otklik.casework.intake.models import ExternalRecord
from otklik.directory.organisation.rules import Access
from otklik.exchange.channels.connectors.registry import connector
from otklik.exchange.channels.models import OutboundMessage
from otklik.exchange.channels.queries import accounts, to_carry
from otklik.exchange.channels.vocabulary import Delivery, channel_label

LINK = "link"
NUMBER = "{number}"


@dataclass(frozen=True)
class Carrying:
    """What waits for one system; `exported` answers are already in a file."""

    kind: str
    label: str
    by_file: bool
    count: int
    exported: int
    oldest: datetime


@dataclass(frozen=True)
class ToCarry:
    """One answer: its number there and the address of the message there, where they are known."""

    message: OutboundMessage
    number: str
    link: str
    by_hand: bool = False


def carryings(access: Access) -> list[Carrying]:
    """Systems for which something waits, the one with the oldest answer first; one query."""
    found = (
        to_carry(access)
        .order_by()
        .values("channel")
        .annotate(count=Count("pk"), exported=Count("exported_at"), oldest=Min("created_at"))
    )
    rows = [
        Carrying(
            kind=row["channel"],
            label=channel_label(row["channel"]),
            by_file=_by_file(row["channel"]),
            count=row["count"],
            exported=row["exported"],
            oldest=row["oldest"],
        )
        for row in found
    ]
    return sorted(rows, key=lambda row: row.oldest)


def answers_to_carry(access: Access, channel: str = "", most: int = 100) -> list[ToCarry]:
    """The oldest first; three queries however many."""
    messages = list(to_carry(access, channel)[:most])
    cases = [message.case_id for message in messages if message.case_id]
    kept = ExternalRecord.objects.filter(appeal_id__in=cases).exclude(link="")
    links = dict(kept.values_list("appeal_id", "link"))
    patterns = _patterns(access)
    return [_row(message, links, patterns) for message in messages]


def _row(message: OutboundMessage, links: dict[int, str], patterns: dict[str, str]) -> ToCarry:
    number = str(message.reply_to[0]) if message.reply_to else message.recipient
    link = links.get(message.case_id or 0, "")
    pattern = patterns.get(message.channel, "")
    if not link and number and NUMBER in pattern:
        link = pattern.replace(NUMBER, number)
    return ToCarry(message, number, link, by_hand=not _by_file(message.channel))


def _by_file(kind: str) -> bool:
    return connector(kind).capabilities.delivery == Delivery.BY_FILE


def _patterns(access: Access) -> dict[str, str]:
    """How each system forms the address of a message, as its channel is set up."""
    rows: Sequence[tuple[str, dict[str, str]]] = list(
        accounts(access).filter(enabled=True).values_list("kind", "settings")
    )
    said = {kind: str(settings.get(LINK, "")) for kind, settings in rows if settings.get(LINK)}
    return {kind: text for kind, text in said.items() if text.startswith(("https://", "http://"))}
