"""Small numbers of a public paper, hidden by the rule of the cuts. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from otklik.insight.cuts.rules.indicators import FEWEST
from otklik.insight.cuts.rules.suppression import suppressed
from otklik.language.wording import number

__all__ = ["FEWEST", "HIDDEN", "shown"]

HIDDEN = "скрыто"


def shown(counts: Sequence[int]) -> list[str]:
    """Counts of the parts of one whole as printed.

    Small ones are «менее 5»; whatever they could be found from by subtraction from the whole is
    hidden with them. Where all that is hidden would come to a small number (1 and 1 are 2), the
    next smallest is hidden too.
    """
    whole = [sum(counts)]
    hidden = {row for row, _ in suppressed([[count] for count in counts], whole, FEWEST)}
    hidden &= set(range(len(counts)))
    rest = [place for place, count in enumerate(counts) if count and place not in hidden]
    if hidden and rest and sum(counts[place] for place in hidden) < FEWEST:
        hidden.add(min(rest, key=lambda place: counts[place]))
    return [
        number(count)
        if place not in hidden
        else f"менее {FEWEST}"
        if 0 < count < FEWEST
        else HIDDEN
        for place, count in enumerate(counts)
    ]
