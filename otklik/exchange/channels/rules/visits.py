"""How often an account is visited: often while people write, seldom at rest."""

from __future__ import annotations

SOONEST, SELDOM = 10, 60
SELDOM_WITH_WEBHOOK = 900


def next_interval(previous: int, *, found_new: bool, has_webhook: bool = False) -> int:
    """Seconds to the next visit. What comes by itself is only looked after."""
    if has_webhook:
        return SELDOM_WITH_WEBHOOK
    if found_new:
        return SOONEST
    return min(max(previous, SOONEST) * 2, SELDOM)
