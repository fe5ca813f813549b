"""How heavy a problem is: six criteria, their weights, the sum. Pure.

No act sets a method, so this one is the product's own and stands in full beside every list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any

from otklik.base.errors import Refused

LEAST = 5
"""Problems with fewer cases are not ranked; fewer scores are not weighed."""
HEAVIEST = 100


@dataclass(frozen=True, kw_only=True)
class Problem:
    """The counts of one topic. `places` are the settlements it came from."""

    topic: int
    received: int
    before: int
    overdue: int = 0
    repeated: int = 0
    scored: int = 0
    low: int = 0
    places: int = 0


@dataclass(frozen=True)
class Scale:
    """The largest values among the problems compared."""

    received: int
    places: int


@dataclass(frozen=True)
class Criterion:
    slug: str
    name: str
    said: str
    of: Callable[[Problem, Scale], float]
    weight: int


def _share(part: int, whole: int) -> float:
    return min(part / whole, 1.0) if whole else 0.0


def _growth(problem: Problem, scale: Scale) -> float:
    """Twice as many or more is the whole; a handful before counts as five."""
    grown = problem.received - problem.before
    return min(max(grown / max(problem.before, LEAST), 0.0), 1.0)


CRITERIA: tuple[Criterion, ...] = (
    Criterion(
        "number",
        "число",
        "логарифм числа обращений к логарифму наибольшего",
        lambda one, scale: log(1 + one.received) / log(1 + scale.received),
        30,
    ),
    Criterion(
        "growth", "рост", "прирост к прошлому периоду; вдвое и больше — полный балл", _growth, 20
    ),
    Criterion(
        "overdue",
        "просрочка",
        "доля просроченных на час составления",
        lambda one, _: _share(one.overdue, one.received),
        20,
    ),
    Criterion(
        "repeated",
        "повторы",
        "доля повторных и возобновлённых",
        lambda one, _: _share(one.repeated, one.received),
        10,
    ),
    Criterion(
        "dissatisfied",
        "недовольство",
        f"доля оценок 1 и 2; меньше {LEAST} оценок не учитываются",
        lambda one, _: _share(one.low, one.scored) if one.scored >= LEAST else 0.0,
        10,
    ),
    Criterion(
        "spread",
        "охват",
        "число населённых пунктов к наибольшему",
        lambda one, scale: _share(one.places, scale.places),
        10,
    ),
)
DEFAULT: dict[str, int] = {one.slug: one.weight for one in CRITERIA}


@dataclass(frozen=True)
class Ranked:
    """`parts` are points by criterion out of its weight; `severity` their sum, 0–100."""

    problem: Problem
    severity: float
    parts: Mapping[str, float]


def weights_from(given: Mapping[str, Any]) -> dict[str, int]:
    """The weights of a form; what is absent stays as usual. Raises Refused for unfit ones."""
    found = dict(DEFAULT)
    for slug in found:
        raw = str(given.get(slug, "")).strip()
        if not raw:
            continue
        if not raw.isdigit() or int(raw) > HEAVIEST:
            raise Refused("Вес — целое число от 0 до 100.", "Исправьте веса методики.")
        found[slug] = int(raw)
    if not sum(found.values()):
        raise Refused("Все веса равны нулю.", "Дайте вес хотя бы одному критерию.")
    return found


def rank(problems: Sequence[Problem], weights: Mapping[str, int]) -> list[Ranked]:
    """The heaviest first; equal ones by number, then by topic."""
    known = [one for one in problems if one.received >= LEAST]
    scale = Scale(
        max((one.received for one in known), default=1),
        max((one.places for one in known), default=1),
    )
    whole = sum(weights.values())
    ranked = []
    for one in known:
        parts = {
            criterion.slug: 100 * weights[criterion.slug] / whole * criterion.of(one, scale)
            for criterion in CRITERIA
        }
        ranked.append(Ranked(one, sum(parts.values()), parts))
    return sorted(
        ranked, key=lambda one: (-round(one.severity, 1), -one.problem.received, one.problem.topic)
    )
