"""Every channel at a glance: what state it is in, how much comes by it, who works on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from otklik.base import clock
from otklik.casework.appeals.queries import visible_to
from otklik.casework.appeals.vocabulary import OPEN_STATUSES
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.queries import accesses_of
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels.queries import ChannelState, channel_states
from otklik.exchange.channels.vocabulary import channel_label

WORK = (Permission.REGISTER, Permission.ASSIGN, Permission.SEND)


@dataclass(frozen=True)
class ChannelLine:
    """`received`: cases of the period; `accounts`: what is connected; `people`: «Иванова М. П.»."""

    kind: str
    label: str
    received: int
    open: int
    overdue: int
    accounts: Sequence[ChannelState]
    people: Sequence[str]


def channel_board(access: Access, *, now: datetime, days: int = 30) -> list[ChannelLine]:
    """Channels that are connected or by which something came, the busiest first
    (pereslavl:2.3.2). The number of queries does not depend on channels or people."""
    access = access.require_any(Permission.CONTROL)
    since = now - timedelta(days=days)
    is_open = Q(status__in=OPEN_STATUSES)
    counted: Mapping[str, Mapping[str, Any]] = {
        row["channel"]: row
        for row in visible_to(access)
        .filter(Q(received_at__gte=since) | is_open)
        .order_by()
        .values("channel")
        .annotate(
            received=Count("pk", filter=Q(received_at__gte=since)),
            open=Count("pk", filter=is_open),
            overdue=Count("pk", filter=is_open & Q(due_at__lt=now)),
        )
    }
    states = channel_states(access, now)
    kinds = dict.fromkeys([*counted, *(state.account.kind for state in states)])
    people = _people(access.municipality_id)
    lines = [_line(kind, counted.get(kind, {}), states, people) for kind in kinds]
    return sorted(lines, key=lambda line: (-line.received, -line.open, line.label))


def _line(
    kind: str,
    row: Mapping[str, Any],
    states: Sequence[ChannelState],
    people: Sequence[Access],
) -> ChannelLine:
    workers = [one for one in people if any(one.allows(act, channel=kind) for act in WORK)]
    return ChannelLine(
        kind=kind,
        label=channel_label(kind),
        received=row.get("received", 0),
        open=row.get("open", 0),
        overdue=row.get("overdue", 0),
        accounts=[state for state in states if state.account.kind == kind],
        people=sorted(one.actor.label.partition(",")[0] for one in workers),
    )


def _people(municipality_id: int) -> list[Access]:
    """Everybody appointed today."""
    today = clock.today(Municipality.objects.get(pk=municipality_id).tz)
    return list(accesses_of(municipality_id, today).values())
