"""One step of VK's long poll for communities, with its three kinds of «failed»."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from otklik.exchange.vendors.vk.client import VkApi
from otklik.exchange.vendors.vk.groups import LongPollServer, long_poll_server


@dataclass(frozen=True, slots=True)
class Step:
    """Events taken and where to go on. `lost`: VK no longer has some events before these."""

    events: tuple[dict[str, Any], ...]
    server: LongPollServer
    lost: bool = False


def step(api: VkApi, group_id: int, server: LongPollServer, *, wait: int = 25) -> Step:
    """Wait up to `wait` seconds (0: only look) for events after `server.ts`."""
    values = {"act": "a_check", "key": server.key, "ts": server.ts, "wait": wait}
    told = api.poll(server.server, values, wait)
    if "failed" not in told:
        events = tuple(told.get("updates", []))
        return Step(events, replace(server, ts=str(told["ts"])))
    failed = told["failed"]
    if failed == 1:
        return Step((), replace(server, ts=str(told["ts"])), lost=True)
    fresh = long_poll_server(api, group_id)
    if failed == 2:
        return Step((), replace(fresh, ts=server.ts))
    return Step((), fresh, lost=True)
