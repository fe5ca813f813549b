"""A citizen in Telegram: under a post of the channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from otklik.exchange.standins.telegram.application import TelegramStandIn
from otklik.exchange.standins.telegram.first_state import BOT_ID, CHANNEL, DISCUSSION, MARIA, TOKEN

SENDING = "sendMessage"


@dataclass
class TelegramPeer:
    """`by_webhook`: updates are sent to us; otherwise we ask for them."""

    service: TelegramStandIn
    by_webhook: bool = False
    kind: str = "telegram"
    has_albums: bool = True
    tells_deletions: bool = False
    reconciles: bool = False

    @property
    def polled(self) -> bool:
        return not self.by_webhook

    def settings(self) -> dict[str, Any]:
        return {
            "api_url": self.service.url,
            "channel": str(CHANNEL),
            "timeout": 3,
            "by_webhook": self.by_webhook,
        }

    def secret(self) -> dict[str, str]:
        return {"token": TOKEN}

    def write(self, text: str, *photos: bytes) -> str:
        with self.service.changed:
            post = min(self.service.world.chats[CHANNEL].messages)
            said = self.service.citizens.comment(MARIA, CHANNEL, post, text, photos)
        return str(said[0]["message_id"])

    def correct(self, message: str, text: str) -> None:
        with self.service.changed:
            self.service.citizens.correct(MARIA, DISCUSSION, int(message), text)

    def take_back(self, message: str) -> None:
        with self.service.changed:
            self.service.citizens.take_back(MARIA, DISCUSSION, int(message))

    def answers(self) -> list[str]:
        with self.service.changed:
            said = list(self.service.world.chats[DISCUSSION].messages.values())
        return [each["text"] for each in said if each.get("from", {}).get("id") == BOT_ID]

    def fail(self, trouble: str, times: int = 1) -> None:
        self.service.failures.order(trouble, call=SENDING, times=times, seconds=3)

    def mend(self) -> None:
        self.service.failures.clear()

    def deliver(self) -> None:
        assert self.service.deliveries.flush()
