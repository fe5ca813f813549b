"""Whether a day has brought more cases than that weekday usually does. Pure.

The usual level is the median of the same weekday of `WEEKS` weeks. A median of few small counts is
itself uncertain, so the level is raised by its own error before the day is weighed against it as a
Poisson count.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from statistics import median

from otklik.language.wording import counted

WEEKS = 8
LEAST = 4
"""Fewer cases of a topic in a settlement are no spike whatever the level is."""
RARE = 0.001
"""A day so full or fuller comes by chance no oftener than this."""
TIMES = 2
_CASES = ("обращение", "обращения", "обращений")
_WEEKDAYS = (
    "понедельника", "вторника", "среды", "четверга", "пятницы", "субботы", "воскресенья",
)  # fmt: skip


def usual_level(history: Sequence[int]) -> float:
    """The median of the counts of the same weekday; 0 without history."""
    return float(median(history)) if history else 0.0


def is_spike(count: int, history: Sequence[int]) -> bool:
    """Whether `count` of a day stands out of `history`, counts of the same weekday (0 included)."""
    usual = usual_level(history)
    if count < LEAST or count < TIMES * usual:
        return False
    raised = usual + math.sqrt((usual + 1) / max(len(history), 1))
    return chance_of(count, raised) < RARE


def chance_of(count: int, level: float) -> float:
    """The chance that a Poisson count of mean `level` is `count` or more, 0–1."""
    term = below = math.exp(-level)
    if count <= 0:
        return 1.0
    if term == 0.0:
        return _normal_tail(count, level)
    for step in range(1, count):
        term *= level / step
        below += term
    return max(1.0 - below, 0.0)


def _normal_tail(count: int, level: float) -> float:
    """For levels too high for exp: the normal approximation."""
    return 0.5 * math.erfc((count - 0.5 - level) / math.sqrt(2 * level))


def told(count: int, usual: float, day: date) -> str:
    """«14 обращений за день, обычно для четверга — 2»."""
    level = f"{usual:.1f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{counted(count, _CASES)} за день, обычно для {_WEEKDAYS[day.weekday()]} — {level}"
