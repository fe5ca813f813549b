"""Events: kept for long poll, sent to registered addresses until they answer «ok»."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

import httpx

from otklik.exchange.standins.deliveries import Deliveries
from otklik.exchange.standins.vk.state import VERSION, CallbackServer, Community

KEPT = 1000
EVENTS = [
    "message_new",
    "message_reply",
    "message_edit",
    "message_allow",
    "message_deny",
    "wall_post_new",
    "wall_reply_new",
    "wall_reply_edit",
    "wall_reply_delete",
    "wall_reply_restore",
    "board_post_new",
    "board_post_edit",
    "board_post_delete",
    "board_post_restore",
]


def tell(community: Community, kind: str, thing: dict[str, Any], deliveries: Deliveries) -> None:
    """Something happened in the community."""
    event = _event(community, kind, thing)
    if community.poll_events is not None and kind in community.poll_events:
        community.events.append(event)
        extra = len(community.events) - KEPT
        if extra > 0:
            del community.events[:extra]
            community.forgotten += extra
    for server in community.servers.values():
        if server.status == "ok" and kind in server.events:
            deliveries.send(server.url, _signed(event, server), {}, _says_ok)


def ask_confirmation(community: Community, server: CallbackServer, deliveries: Deliveries) -> None:
    """Ask a new address for the community's word; it gets no events before it knows it."""
    event = _event(community, "confirmation", None)
    server.status = "wait"
    deliveries.send(server.url, _signed(event, server), {}, _knows(community, server))


def _event(community: Community, kind: str, thing: dict[str, Any] | None) -> dict[str, Any]:
    event: dict[str, Any] = {
        "type": kind,
        "group_id": community.id,
        "event_id": secrets.token_hex(20),
        "v": VERSION,
    }
    if thing is not None:
        event["object"] = thing
    return event


def _signed(event: dict[str, Any], server: CallbackServer) -> dict[str, Any]:
    return {**event, "secret": server.secret} if server.secret else event


def _says_ok(answer: httpx.Response) -> bool:
    return answer.status_code == 200 and answer.text.strip() == "ok"


def _knows(community: Community, server: CallbackServer) -> Callable[[httpx.Response], bool]:
    def taken(answer: httpx.Response) -> bool:
        known = answer.status_code == 200 and answer.text.strip() == community.confirmation
        server.status = "ok" if known else "failed"
        return True

    return taken
