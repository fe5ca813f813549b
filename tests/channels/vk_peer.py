"""A citizen in VK: under a post of the community, or in a dialogue with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from otklik.exchange.standins.vk import doings, world
from otklik.exchange.standins.vk.application import VkStandIn
from otklik.exchange.standins.vk.state import Community, Post

CITIZENS = (world.ADMIN_ID + 1, world.ADMIN_ID + 2)
SECRET = "kodovoe-slovo"


@dataclass
class VkPeer:
    """`by_webhook`: events are sent to us; otherwise long poll. `direct`: in dialogues."""

    service: VkStandIn
    by_webhook: bool = False
    direct: bool = False
    kind: str = "vk"
    has_albums: bool = False
    reconciles: bool = True
    authors: dict[str, int] = field(default_factory=dict)

    @property
    def tells_deletions(self) -> bool:
        return not self.direct

    @property
    def polled(self) -> bool:
        return not self.by_webhook

    @property
    def city(self) -> Community:
        return self.service.world.communities[world.COMMUNITY_ID]

    @property
    def post(self) -> Post:
        return self.city.posts[1]

    def settings(self) -> dict[str, Any]:
        return {
            "group_id": world.COMMUNITY_ID,
            "api_url": self.service.url,
            "timeout": 2,
            "by_webhook": self.by_webhook,
        }

    def secret(self) -> dict[str, str]:
        return {
            "community_key": world.COMMUNITY_KEY,
            "service_key": world.SERVICE_KEY,
            "user_key": world.USER_KEY,
            "callback_secret": SECRET,
        }

    def write(self, text: str, *photos: bytes) -> str:
        person = CITIZENS[len(self.authors) % len(CITIZENS)]
        with self.service.changed:
            stage = self.service.stage
            shown = [doings.new_photo(stage, person, each) for each in photos]
            said: Any
            if self.direct:
                said = doings.add_message(stage, self.city, person, text, shown)
            else:
                said = doings.add_comment(stage, self.city, self.post, person, text, shown)
        self.authors[str(said.id)] = person
        return str(said.id)

    def correct(self, message: str, text: str) -> None:
        with self.service.changed:
            stage, city = self.service.stage, self.city
            if self.direct:
                kept = city.conversations[self.authors[message]]
                said = next(each for each in kept if each.id == int(message))
                doings.edit_message(stage, city, said, text)
            else:
                comment = self.post.comments[int(message)]
                doings.edit_comment(stage, city, self.post, comment, text)

    def take_back(self, message: str) -> None:
        if self.direct:
            return  # the service tells nobody
        with self.service.changed:
            comment, person = self.post.comments[int(message)], self.authors[message]
            stage = self.service.stage
            doings.delete_comment(stage, self.city, self.post, comment, person)

    def answers(self) -> list[str]:
        with self.service.changed:
            said: list[Any] = list(self.post.comments.values())
            if self.direct:
                said = [each for kept in self.city.conversations.values() for each in kept]
        return [each.text for each in said if each.from_id < 0]

    def fail(self, trouble: str, times: int = 1) -> None:
        call = "messages.send" if self.direct else "wall.createComment"
        self.service.failures.order(trouble, call=call, times=times, seconds=3)

    def mend(self) -> None:
        self.service.failures.clear()

    def deliver(self) -> None:
        assert self.service.deliveries.flush()
