"""When to try again, and which facts of an event may be told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

PAUSES = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 6 * 60, 12 * 60, 24 * 60)
)
MOST_ATTEMPTS = len(PAUSES) + 1
FAILURES_TO_PAUSE = 20
GONE = 410
LEASE = timedelta(minutes=2)

# Reasons and sentences of the journal may hold anything people write; these cannot.
_TELLABLE = (
    "number", "regime", "channel", "questions", "question", "topic_id", "topic", "body_id", "body",
    "role", "before", "after", "answered_at", "until", "due_at", "times",
)  # fmt: skip


def pause_after(attempt: int) -> timedelta | None:
    """How long to wait after this attempt (from 1); None when it was the last."""
    return PAUSES[attempt - 1] if attempt <= len(PAUSES) else None


def tellable(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a journal entry without words that people typed."""
    return {name: payload[name] for name in _TELLABLE if payload.get(name) not in (None, "")}


def named(url: str) -> str:
    """An address for the journal: what stands after «?» may be a password."""
    return url.partition("?")[0].partition("#")[0]
