"""Many real events of services: what people do by chance, as the stand-ins tell it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from otklik.exchange.standins.deliveries import Deliveries
from tests.channels.story import Peer

PAUSE = 0.002
PLACES = ("Садовой", "Лесной", "Заречной", "Полевой", "Школьной")
TROUBLES = ("яма", "не горит фонарь", "не вывезли мусор", "течёт труба", "сломана скамейка")


@dataclass(frozen=True)
class Event:
    """A request of the service as it would come."""

    body: Mapping[str, Any]
    headers: Mapping[str, str]


class Caught:
    """Keeps the events of a service instead of sending them."""

    def __init__(self, deliveries: Deliveries) -> None:
        self.events: list[Event] = []
        self._deliveries = deliveries

    def begin(self) -> None:
        """From now on; what connecting needed has gone its way."""
        # Parts of a stand-in hold the same object, so it is changed in place.
        self._deliveries.send = self._send  # type: ignore[method-assign]

    def _send(
        self,
        url: str,
        body: Mapping[str, Any],
        headers: Mapping[str, str],
        taken: Callable[[httpx.Response], bool],
    ) -> None:
        self.events.append(Event(body, headers))


def happen(peer: Peer, caught: Caught, number: int, chance: random.Random) -> list[Event]:
    """Comments, corrections and removals until so many events were told."""
    caught.begin()
    written: list[str] = []
    for _ in range(number * 10):
        if len(caught.events) >= number:
            break
        time.sleep(PAUSE)  # nobody corrects himself twice within a millisecond
        turn = chance.random()
        if not written or turn < 0.6:
            where, what = chance.choice(PLACES), chance.choice(TROUBLES)
            written.append(peer.write(f"На {where}, {chance.randint(1, 90)} {what}. Примите меры."))
        elif turn < 0.85:
            peer.correct(chance.choice(written), f"Уточняю: дом {chance.randint(1, 900)}.")
        elif peer.tells_deletions:
            message = written.pop(chance.randrange(len(written)))
            peer.take_back(message)
    return caught.events[:number]
