"""How fast a token may be used, and when a failing service is left alone."""

from __future__ import annotations

from datetime import datetime, timedelta

# A pause up to this is slept through; a longer one sends the job back into the queue.
SHORT = timedelta(seconds=2)
PATIENCE = 5
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(minutes=30)


def slot(
    ready_at: datetime, now: datetime, *, rate: float, burst: int
) -> tuple[timedelta, datetime]:
    """How long to wait for a turn, and the new `ready_at` once it is taken (GCRA).

    `rate` turns a second (> 0), at most `burst` (≥ 1) of them at once.
    """
    step = timedelta(seconds=1 / rate)
    begins = max(ready_at, now)
    wait = max(begins - (burst - 1) * step - now, timedelta())
    return wait, begins + step


def pause_of(failures: int) -> timedelta:
    """How long to leave a service alone after so many failures on end; none for a few."""
    if failures < PATIENCE:
        return timedelta()
    doubled: timedelta = FIRST_PAUSE * 2 ** min(failures - PATIENCE, 10)
    return min(doubled, LONGEST_PAUSE)
