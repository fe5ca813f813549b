"""Webhooks that a stand-in sends: again until they are taken, and untidily if told."""

from __future__ import annotations

import json
import random
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx


@dataclass
class Manners:
    """`copies`: each event comes so many times; `shuffle_of`: as many events are held back and
    then sent in a random order; `seed` makes it repeatable."""

    copies: int = 1
    shuffle_of: int = 1
    seed: int = 0


@dataclass
class Delivery:
    url: str
    body: Mapping[str, Any]
    headers: Mapping[str, str]
    taken: Callable[[httpx.Response], bool]
    tries: int = 0


@dataclass
class Told:
    """What the receiver answered; `status` 0 when it could not be reached."""

    body: Mapping[str, Any]
    status: int
    text: str = ""


@dataclass
class Deliveries:
    """A queue with a thread of its own; `told` keeps every answer for whoever judges."""

    manners: Manners = field(default_factory=Manners)
    again_after: float = 0.5
    most_tries: int = 20
    told: list[Told] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._queue: deque[Delivery] = deque()
        self._held: list[Delivery] = []
        self._wake = threading.Condition()
        self._busy = False
        self._stopping = False
        self._chance = random.Random(self.manners.seed)  # noqa: S311
        self._thread: threading.Thread | None = None

    def send(
        self,
        url: str,
        body: Mapping[str, Any],
        headers: Mapping[str, str],
        taken: Callable[[httpx.Response], bool],
    ) -> None:
        """Put an event on its way and return at once."""
        copies = [Delivery(url, body, headers, taken) for _ in range(self.manners.copies)]
        with self._wake:
            self._held += copies
            if len(self._held) >= self.manners.shuffle_of * self.manners.copies:
                self._release()
            self._start()
            self._wake.notify_all()

    def flush(self, timeout: float = 30) -> bool:
        """Send what is held back; whether everything has been taken or given up in time."""
        until = time.monotonic() + timeout
        with self._wake:
            self._release()
            self._start()
            self._wake.notify_all()
            while self._queue or self._busy:
                left = until - time.monotonic()
                if left <= 0:
                    return False
                self._wake.wait(min(left, 0.1))
        return True

    def stop(self) -> None:
        with self._wake:
            self._stopping = True
            self._wake.notify_all()
        if self._thread:
            self._thread.join(timeout=10)

    def _release(self) -> None:
        if self.manners.shuffle_of > 1:
            self._chance.shuffle(self._held)
        self._queue.extend(self._held)
        self._held.clear()

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, daemon=True, name="deliveries")
            self._thread.start()

    def _work(self) -> None:
        with httpx.Client(timeout=10, trust_env=False) as client:
            while (delivery := self._next()) is not None:
                again = not self._deliver(client, delivery)
                with self._wake:
                    self._busy = False
                    if again and delivery.tries < self.most_tries:
                        self._queue.append(delivery)
                    self._wake.notify_all()
                if again and not self._stopping:
                    time.sleep(self.again_after)

    def _next(self) -> Delivery | None:
        with self._wake:
            while not self._queue and not self._stopping:
                self._wake.wait()
            if self._stopping:
                return None
            self._busy = True
            return self._queue.popleft()

    def _deliver(self, client: httpx.Client, delivery: Delivery) -> bool:
        delivery.tries += 1
        content = json.dumps(delivery.body, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", **delivery.headers}
        try:
            answer = client.post(delivery.url, content=content, headers=headers)
        except httpx.HTTPError as error:
            self.told.append(Told(delivery.body, 0, type(error).__name__))
            return False
        self.told.append(Told(delivery.body, answer.status_code, answer.text[:500]))
        return delivery.taken(answer)
