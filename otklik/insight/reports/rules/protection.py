"""Small numbers of a public paper. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from otklik.language.wording import number

FEWEST = 5
"""A person may be known by a smaller number."""

HIDDEN = "скрыто"


def shown(counts: Sequence[int]) -> list[str]:
    """Counts of the parts of one whole as printed.

    Small ones are «менее 5»; when one alone is small it could be found by subtraction from the
    whole, so the next smallest is hidden with it.
    """
    small = {place for place, count in enumerate(counts) if 0 < count < FEWEST}
    beside: set[int] = set()
    if small and sum(counts[place] for place in small) < FEWEST:
        rest = [place for place, count in enumerate(counts) if count and place not in small]
        beside = {min(rest, key=lambda place: counts[place])} if rest else set()
    return [
        f"менее {FEWEST}" if place in small else HIDDEN if place in beside else number(count)
        for place, count in enumerate(counts)
    ]
