"""What grew against the period before, and whether it is more than chance."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

CLEAR = 2.0
"""Differences of counts beyond this many deviations are marked."""

LEAST = 5
"""A handful of cases is never marked as growth, nor is anything compared with a handful."""


def compares(before: int) -> bool:
    """Whether a whole period with this many cases is enough to be compared with."""
    return before >= LEAST


@dataclass(frozen=True, kw_only=True)
class Change:
    """Two counts side by side. `share` is None when there was nothing before."""

    now: int
    before: int

    @property
    def difference(self) -> int:
        return self.now - self.before

    @property
    def share(self) -> float | None:
        return self.difference / self.before if self.before else None

    @property
    def deviations(self) -> float:
        """The difference in standard deviations, both counts taken for Poisson ones."""
        together = self.now + self.before
        return self.difference / sqrt(together) if together else 0.0

    @property
    def marked(self) -> bool:
        return self.now >= LEAST and self.deviations >= CLEAR
