"""Who calls with what, and finding what he means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from otklik.exchange.standins.vk.doings import Stage
from otklik.exchange.standins.vk.keys import Refusal
from otklik.exchange.standins.vk.state import (
    CallbackServer,
    Community,
    Key,
    KeyKind,
    Photo,
    Post,
    Topic,
    World,
)


def bad(parameter: str) -> Refusal:
    return Refusal(
        100, f"One of the parameters specified was missing or invalid: {parameter} is invalid"
    )


@dataclass
class Ask:
    """One call. Wrong parameters are VK's error 100."""

    stage: Stage
    key: Key
    values: Mapping[str, str]
    method: str

    @property
    def world(self) -> World:
        return self.stage.world

    def text(self, name: str, default: str = "") -> str:
        return self.values.get(name, default)

    def number(self, name: str, default: int | None = None) -> int:
        told = self.values.get(name, "")
        if not told and default is not None:
            return default
        try:
            return int(told)
        except ValueError:
            raise bad(name) from None

    def truth(self, name: str) -> bool:
        return self.values.get(name, "0") not in ("", "0", "false")

    def several(self, name: str) -> list[str]:
        return [each.strip() for each in self.values.get(name, "").split(",") if each.strip()]

    def page(self, most: int, usual: int = 20) -> slice:
        offset, count = self.number("offset", 0), self.number("count", usual)
        if offset < 0 or not 0 <= count <= most:
            raise bad("count")
        return slice(offset, offset + count)

    def community(self, group_id: int | None = None) -> Community:
        """The community named; a community's key opens its own only."""
        own = self.key.community_id
        wanted = group_id or own
        found = self.world.communities.get(wanted)
        if found is None:
            raise bad("group_id")
        if self.key.kind == KeyKind.COMMUNITY and wanted != own:
            raise Refusal(15, "Access denied: group hash is invalid")
        return found

    def wall(self) -> Community:
        owner = self.number("owner_id")
        if owner >= 0:
            raise bad("owner_id")
        return self.community(-owner)

    def post(self, community: Community, code: int = 212) -> Post:
        found = community.posts.get(self.number("post_id"))
        if found is None or found.deleted:
            raise Refusal(code)
        return found

    def topic(self, community: Community) -> Topic:
        found = community.topics.get(self.number("topic_id"))
        if found is None:
            raise bad("topic_id")
        return found

    def server(self, community: Community) -> CallbackServer:
        found = community.servers.get(self.number("server_id", 0))
        if found is None:
            raise Refusal(104)
        return found

    def photos(self, name: str) -> list[Photo]:
        """Photos of an attachment list; links are let through."""
        return list(self._attached(self.several(name), name))

    def once(self, mark: str, make: Callable[[], Any]) -> Any:
        """What was made before with this mark by this key and method, or made now."""
        if not mark:
            return make()
        known = (self.key.token, self.method, mark)
        if known not in self.world.once:
            self.world.once[known] = make()
        return self.world.once[known]

    @property
    def author(self) -> int:
        """Who writes: the community, or the person of the key unless he writes for it."""
        return -self.key.community_id if self.key.community_id else self.key.user_id

    def _attached(self, names: Iterable[str], parameter: str) -> Iterable[Photo]:
        for name in names:
            if name.startswith("http"):
                continue
            if not name.startswith("photo"):
                raise bad(parameter)
            found = self.world.photos.get("_".join(name[5:].split("_")[:2]))
            if found is None:
                raise bad(parameter)
            yield found
