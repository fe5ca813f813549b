"""Citizens in MAX, each in a dialogue with the bot: every matter comes from another person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from otklik.exchange.standins.max.application import MaxStandIn
from otklik.exchange.standins.max.first_state import (
    CHANNEL,
    MARIA,
    MARIAS_DIALOGUE,
    PETR,
    PETRS_DIALOGUE,
    TOKEN,
)

SENDING = "POST /messages"
PEOPLE = ((MARIA, MARIAS_DIALOGUE), (PETR, PETRS_DIALOGUE))


@dataclass
class MaxPeer:
    """`by_webhook`: updates are sent to us; otherwise we ask for them."""

    service: MaxStandIn
    by_webhook: bool = False
    kind: str = "max"
    has_albums: bool = False
    tells_deletions: bool = True
    reconciles: bool = True
    authors: dict[str, int] = field(default_factory=dict)

    @property
    def polled(self) -> bool:
        return not self.by_webhook

    def settings(self) -> dict[str, Any]:
        return {
            "api_url": self.service.url,
            "channel": CHANNEL,
            "timeout": 3,
            "by_webhook": self.by_webhook,
        }

    def secret(self) -> dict[str, str]:
        return {"token": TOKEN}

    def write(self, text: str, *photos: bytes) -> str:
        person, dialogue = PEOPLE[len(self.authors) % len(PEOPLE)]
        with self.service.changed:
            said = self.service.citizens.write(person, dialogue, text, photos)
        self.authors[said.mid] = person
        return said.mid

    def correct(self, message: str, text: str) -> None:
        with self.service.changed:
            self.service.citizens.correct(self.authors[message], message, text)

    def take_back(self, message: str) -> None:
        with self.service.changed:
            self.service.citizens.take_back(self.authors[message], message)

    def answers(self) -> list[str]:
        with self.service.changed:
            chats = [self.service.world.chats[dialogue] for _, dialogue in PEOPLE]
            said = [each for chat in chats for each in chat.messages.values()]
        return [each.text or "" for each in said if each.author and each.author.is_bot]

    def fail(self, trouble: str, times: int = 1) -> None:
        self.service.failures.order(trouble, call=SENDING, times=times, seconds=3)

    def mend(self) -> None:
        self.service.failures.clear()

    def deliver(self) -> None:
        assert self.service.deliveries.flush()
