"""A citizen in Odnoklassniki, in a conversation with the group. Corrections and removals are told
to nobody there: who errs writes again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from otklik.exchange.standins.ok import doings, state
from otklik.exchange.standins.ok.application import OkStandIn


@dataclass
class OkPeer:
    """`by_webhook`: messages are sent to us; otherwise we ask for them."""

    service: OkStandIn
    by_webhook: bool = False
    kind: str = "ok"
    has_albums: bool = False
    tells_deletions: bool = False
    reconciles: bool = True
    authors: dict[str, str] = field(default_factory=dict)

    @property
    def polled(self) -> bool:
        return not self.by_webhook

    def settings(self) -> dict[str, Any]:
        return {
            "group_id": state.GROUP_ID,
            "application_key": state.APPLICATION_KEY,
            "api_url": self.service.url,
            "timeout": 2,
            "by_webhook": self.by_webhook,
        }

    def secret(self) -> dict[str, str]:
        return {
            "application_secret": state.APPLICATION_SECRET,
            "access_token": state.ACCESS_TOKEN,
            "bot_token": state.BOT_TOKEN,
        }

    def write(self, text: str, *photos: bytes) -> str:
        people = list(self.service.world.people)
        return self._say(people[len(self.authors) % len(people)], text, *photos)

    def correct(self, message: str, text: str) -> None:
        self._say(self.authors[message], text)

    def take_back(self, message: str) -> None:
        """The service tells nobody."""

    def answers(self) -> list[str]:
        with self.service.changed:
            said = [each for chat in self.service.world.chats.values() for each in chat.messages]
        return [each.text for each in said if each.by_group]

    def fail(self, trouble: str, times: int = 1) -> None:
        self.service.failures.order(trouble, call="graph.send", times=times, seconds=3)

    def mend(self) -> None:
        self.service.failures.clear()

    def deliver(self) -> None:
        assert self.service.deliveries.flush()

    def _say(self, person: str, text: str, *photos: bytes) -> str:
        with self.service.changed:
            stage = self.service.stage
            shown = [doings.new_photo(stage, each) for each in photos]
            said = doings.add_message(stage, person, text, shown)
        self.authors[said.id] = person
        return said.id
