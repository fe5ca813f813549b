"""What a measurement says, and how it is told."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

REPEATS = 40


@dataclass(frozen=True)
class Figure:
    """`bound` is what the design allows at the 95th percentile, in `unit`.

    `least` turns it round: the figure must be at least the bound (a rate).
    """

    name: str
    median: float
    p95: float
    bound: float
    unit: str = "мс"
    least: bool = False

    @property
    def holds(self) -> bool:
        return self.p95 >= self.bound if self.least else self.p95 <= self.bound

    def saved(self) -> list[object]:
        return [self.name, self.median, self.p95, self.bound, self.unit, self.least]

    def line(self) -> str:
        verdict = "в норме" if self.holds else "ПРЕВЫШЕНО" if not self.least else "МАЛО"
        numbers = f"{self.median:>9.0f}{self.p95:>9.0f}{self.bound:>9.0f}"
        return f"{self.name:<52}{numbers}  {self.unit:<12}{verdict}"


HEADING = f"{'':<52}{'медиана':>9}{'p95':>9}{'предел':>9}"


def once(name: str, value: float, bound: float, unit: str, *, least: bool = False) -> Figure:
    return Figure(name, value, value, bound, unit, least)


def timed(name: str, work: Callable[[], object], bound: float, repeats: int = REPEATS) -> Figure:
    """One run to warm up, then the counted ones; milliseconds."""
    work()
    spent = []
    for _ in range(repeats):
        begun = time.perf_counter()
        work()
        spent.append((time.perf_counter() - begun) * 1000)
    return of_runs(name, spent, bound)


def of_runs(name: str, spent: Sequence[float], bound: float) -> Figure:
    """Milliseconds of all runs; of fewer than twenty the slowest is the 95th percentile."""
    told = sorted(spent)
    return Figure(name, statistics.median(told), told[int(len(told) * 0.95)], bound)
