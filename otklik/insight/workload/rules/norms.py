"""How many hours a piece of work takes: the norms of a centre, and a first guess from history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

DEFAULT_HOURS = 2.0
"""Hours of one question for its executor where the centre has said nothing."""

CO_SHARE = 0.4
"""What part of the executor's hours a co-executor spends where nothing is said of him."""

LEAST_HOURS, MOST_HOURS = 0.25, 80.0
STEP = 0.25
"""Norms are told in quarters of an hour."""

FADING = 10
"""As many cases as this weigh as much as the belief that a topic is like any other."""

ENOUGH_NOTES = 10
"""As many notes of time make a measured norm."""

MAIN, CO = "main", "co"

Key = tuple[int | None, str, str]
"""(topic, group, kind of work): a topic wins over its group, a group over the general norm, whose
key is (None, "", kind)."""


@dataclass(frozen=True)
class NormBook:
    """The norms in force. `hours` never fails: what is not said follows from what is."""

    norms: Mapping[Key, float] = field(default_factory=dict)

    def hours(self, topic: int | None, group: str, kind: str) -> float:
        """Hours of one piece of work of this topic, group and kind."""
        for key in ((topic, ""), (None, group), (None, "")):
            found = self.norms.get((*key, kind))
            if found is not None and key != (None, ""):
                return found
            if kind == CO and (*key, MAIN) in self.norms and key != (None, ""):
                return self.norms[(*key, MAIN)] * CO_SHARE
        return self.general(kind)

    def general(self, kind: str) -> float:
        """Hours of a piece of work of whose topic nothing is said."""
        main = self.norms.get((None, "", MAIN), DEFAULT_HOURS)
        return main if kind == MAIN else self.norms.get((None, "", CO), main * CO_SHARE)


@dataclass(frozen=True, kw_only=True)
class GroupHistory:
    """What is known of a group of topics: answered pieces of work and the median of days from
    assignment to answer; notes of time and their mean in hours."""

    answered: int = 0
    median_days: float = 0.0
    notes: int = 0
    mean_hours: float = 0.0


@dataclass(frozen=True)
class Guess:
    hours: float
    measured: bool
    sample: int


def guesses(known: Mapping[str, GroupHistory], usual: float) -> dict[str, Guess]:
    """A norm for every group of topics.

    An answer that takes ten days does not take ten days of work: from the history only the
    proportion is taken, by how much a group is longer than the median of all, and its square root
    at that, never beyond half and double; few cases bring it nearer to the `usual` hours. Where
    ten notes of time have been made, they are believed instead.
    """
    middle = _middle(known)
    return {group: _guess(one, usual, middle) for group, one in known.items()}


def _guess(known: GroupHistory, usual: float, middle: float) -> Guess:
    if known.notes >= ENOUGH_NOTES:
        return Guess(quarter(known.mean_hours), measured=True, sample=known.notes)
    ratio = (known.median_days / middle) ** 0.5 if middle and known.median_days > 0 else 1.0
    bounded = min(2.0, max(0.5, ratio))
    weight = known.answered / (known.answered + FADING)
    hours = usual * (weight * bounded + 1 - weight)
    return Guess(quarter(hours), measured=False, sample=known.answered)


def _middle(known: Mapping[str, GroupHistory]) -> float:
    """The median of days over all pieces of work, each group by its own median."""
    rows = sorted((one.median_days, one.answered) for one in known.values() if one.answered)
    half, passed = sum(count for _, count in rows) / 2, 0
    for days, count in rows:
        passed += count
        if passed >= half:
            return days
    return 0.0


def quarter(hours: float) -> float:
    """Rounded to quarters, within what a norm may be."""
    return min(MOST_HOURS, max(LEAST_HOURS, round(hours / STEP) * STEP))
