"""What a stand-in does wrong when it is told to."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from enum import StrEnum


class Trouble(StrEnum):
    """A service may add its own words (captcha, «failed:2»); these are understood by all."""

    RATE = "rate"  # refused for now, with a time to wait
    BROKEN = "broken"  # an error before anything was done
    LOST_REPLY = "lost_reply"  # done, but the answer is an error of the server
    CUT = "cut"  # done, but the connection closes without an answer
    SLOW = "slow"  # done and answered, late
    REVOKED = "revoked"  # the token is no longer known


@dataclass
class Failure:
    """`times` calls of `call` (empty: any) fail so; `seconds` is the pause of RATE and SLOW."""

    trouble: str
    call: str = ""
    times: int = 1
    seconds: float = 1


class Failures:
    """Orders waiting to be carried out, oldest first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._orders: list[Failure] = []

    def order(self, trouble: str, *, call: str = "", times: int = 1, seconds: float = 1) -> None:
        with self._lock:
            self._orders.append(Failure(trouble, call, times, seconds))

    def take(self, call: str) -> Failure | None:
        """The failure that this call must suffer, used up by one."""
        with self._lock:
            for each in self._orders:
                if each.times > 0 and each.call in ("", call):
                    each.times -= 1
                    return each
            return None

    def clear(self) -> None:
        with self._lock:
            self._orders.clear()

    @property
    def waiting(self) -> list[Failure]:
        with self._lock:
            return [each for each in self._orders if each.times > 0]
