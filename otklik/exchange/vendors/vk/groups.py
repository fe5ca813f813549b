"""The community itself: who it is, what its key may do, where its events go; people's names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from otklik.exchange.vendors.vk.client import VERSION, VkApi
from otklik.exchange.vendors.vk.wall import Thing


@dataclass(frozen=True, slots=True)
class LongPollServer:
    """Where events wait: `server` an address, `key` a word for it, `ts` the next event."""

    server: str
    key: str
    ts: str


def community(api: VkApi, group_id: int | None = None) -> Thing:
    """A community; with its own key that of the key. Keys: any."""
    told = api.call("groups.getById", {"group_id": group_id})
    found = told["groups"] if isinstance(told, dict) else told
    return dict(found[0])


def permissions(api: VkApi) -> frozenset[str]:
    """Names of what this key of a community may do («messages», «wall», …). Keys: community."""
    told = api.call("groups.getTokenPermissions")
    return frozenset(str(each["name"]) for each in told["permissions"])


def confirmation_code(api: VkApi, group_id: int) -> str:
    """What our address must answer to VK's `confirmation`; it changes. Keys: community."""
    return str(api.call("groups.getCallbackConfirmationCode", {"group_id": group_id})["code"])


def callback_servers(api: VkApi, group_id: int) -> list[Thing]:
    """Keys: community."""
    return list(api.call("groups.getCallbackServers", {"group_id": group_id})["items"])


def add_callback_server(api: VkApi, group_id: int, url: str, title: str, secret: str) -> int:
    """Register our address (≤ 10 per community); its id. `title` ≤ 14 characters, `secret` ≤ 50.

    Keys: community.
    """
    values = {"group_id": group_id, "url": url, "title": title, "secret_key": secret}
    return int(api.call("groups.addCallbackServer", values)["server_id"])


def delete_callback_server(api: VkApi, group_id: int, server_id: int) -> None:
    """Keys: community."""
    api.call("groups.deleteCallbackServer", {"group_id": group_id, "server_id": server_id})


def set_callback_events(api: VkApi, group_id: int, server_id: int, events: Sequence[str]) -> None:
    """Which events come to the address; the others stay as they are. Keys: community."""
    values = {"group_id": group_id, "server_id": server_id, "api_version": VERSION}
    api.call("groups.setCallbackSettings", {**values, **dict.fromkeys(events, True)})


def callback_events(api: VkApi, group_id: int, server_id: int) -> Mapping[str, Any]:
    """Event → 1 or 0. Keys: community."""
    values = {"group_id": group_id, "server_id": server_id}
    told: dict[str, Any] = api.call("groups.getCallbackSettings", values)
    return dict(told.get("events", {}))


def set_long_poll_events(api: VkApi, group_id: int, events: Sequence[str]) -> None:
    """Switch long poll on with these events. Keys: community."""
    values = {"group_id": group_id, "enabled": True, "api_version": VERSION}
    api.call("groups.setLongPollSettings", {**values, **dict.fromkeys(events, True)})


def long_poll_server(api: VkApi, group_id: int) -> LongPollServer:
    """Keys: community."""
    told = api.call("groups.getLongPollServer", {"group_id": group_id})
    return LongPollServer(str(told["server"]), str(told["key"]), str(told["ts"]))


def users(api: VkApi, user_ids: Sequence[int]) -> list[Thing]:
    """People by id: id, first_name, last_name. Keys: any."""
    return list(api.call("users.get", {"user_ids": list(user_ids)})) if user_ids else []
