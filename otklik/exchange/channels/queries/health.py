"""How the channels are, each with what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Max

from otklik.base.errors import OtklikError
from otklik.exchange.channels.connectors.registry import connector
from otklik.exchange.channels.models import ChannelAccount, ChannelEvent, InboundMessage
from otklik.exchange.channels.queries.checking import checked_settings
from otklik.exchange.channels.rules.health import WINDOW, Health, Signs, health_of
from otklik.exchange.channels.vocabulary import EventState


def healths(accounts: Iterable[ChannelAccount], now: datetime) -> dict[int, Health]:
    """By account id; two queries for all of them."""
    rows = list(accounts)
    ids = [row.pk for row in rows]
    came: Mapping[int, Mapping[str, Any]] = {
        row["account_id"]: row
        for row in InboundMessage.objects.filter(account_id__in=ids, received_at__gt=now - WINDOW)
        .values("account_id")
        .annotate(recent=Count("id"), last=Max("received_at"))
    }
    unread: Mapping[int, int] = dict(
        ChannelEvent.objects.filter(account_id__in=ids, state=EventState.FAILED)
        .values("account_id")
        .annotate(number=Count("id"))
        .values_list("account_id", "number")
    )
    return {
        row.pk: health_of(_signs(row, came.get(row.pk, {}), unread.get(row.pk, 0)), now)
        for row in rows
    }


def _signs(account: ChannelAccount, came: Mapping[str, Any], unread: int) -> Signs:
    problem = account.last_error or _settings_problem(account)
    return Signs(
        enabled=account.enabled,
        checked_at=account.checked_at,
        problem=problem,
        lacking=[
            (str(each["right"]), str(each.get("mend", "")))
            for each in account.findings
            if each.get("problem")
        ],
        recent=came.get("recent", 0),
        last_at=came.get("last"),
        closed_until=account.poll_at if account.failures else None,
        unread_events=unread,
        fed_by_hand=not connector(account.kind).capabilities.receives,
    )


def _settings_problem(account: ChannelAccount) -> str:
    """What is wrong with the settings before any service is asked."""
    serving = connector(account.kind)
    try:
        checked_settings(serving, account.settings)
    except OtklikError as error:
        return f"{error.message} {error.mend}".strip()
    return ""
