"""The one place that asks what time it is; rules get the time as an argument."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

DEFAULT_ZONE = ZoneInfo("Europe/Moscow")

_frozen: ContextVar[datetime | None] = ContextVar("otklik_clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _frozen.get() or datetime.now(UTC)


def today(zone: ZoneInfo = DEFAULT_ZONE) -> date:
    """The present date in a municipality's time zone."""
    return now().astimezone(zone).date()


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Hold the clock at a moment; for tests and for filling the demo with history."""
    token = _frozen.set(moment)
    try:
        yield
    finally:
        _frozen.reset(token)
