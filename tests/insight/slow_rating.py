"""The rating counted question by question, by the words of the formula printed beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log, sqrt

from tests.insight.raw import Row

Fraction = tuple[float, int]


@dataclass(frozen=True)
class Slow:
    """A subject: total, its parts from 0 to 100, the margin, the number of closing questions."""

    total: float
    parts: Mapping[str, float]
    margin: float
    sample: int


def _mean(of: Sequence[Row], value: Callable[[Row], float]) -> Fraction:
    return sum(value(row) for row in of), len(of)


def fractions(rows: Sequence[Row], now: datetime) -> dict[str, list[tuple[float, Fraction]]]:
    """Every part as weighted shares (sum of hits, number)."""
    closing = [row for row in rows if row.is_answered or row.overdue(now)]
    answered = [row for row in rows if row.is_answered]
    timed = [row for row in answered if row.used is not None]
    checked = [row for row in answered if row.checks]
    scored = [row for row in answered if row.score is not None]
    return {
        "speed": [
            (0.7, _mean(closing, lambda row: row.is_answered and row.in_time)),
            (0.3, _mean(timed, lambda row: 1 - (row.used or 0.0))),
        ],
        "quality": [
            (0.5, _mean(answered, lambda row: row.returned == 0)),
            (0.5, _mean(answered, lambda row: row.reopened == 0)),
        ],
        "completeness": [
            (0.7, _mean(closing, lambda row: row.is_answered)),
            (0.3, _mean(checked, lambda row: row.passed / row.checks)),
        ],
        "satisfaction": [(1.0, _mean(scored, lambda row: ((row.score or 1) - 1) / 4))],
        "repeated": [(1.0, _mean(list(rows), lambda row: not row.repeated))],
        "fast_track": [(1.0, _mean(answered, lambda row: row.fast))],
    }


def rate(
    subjects: Mapping[int, Sequence[Row]],
    weights: Mapping[str, float],
    prior: int,
    now: datetime,
) -> dict[int, Slow]:
    """Subjects of one group of peers."""
    everybody = [row for rows in subjects.values() for row in rows]
    common = fractions(everybody, now)
    most = max(sum(row.is_answered for row in rows) for rows in subjects.values())
    known = {
        part: [
            n
            for n, (_, (hits, of)) in enumerate(shares)
            if of and (part != "fast_track" or hits > 0)
        ]
        for part, shares in common.items()
    }
    counted = {part: w for part, w in weights.items() if part == "quantity" or known[part]}
    whole = sum(counted.values())
    chosen = {part: weight / whole for part, weight in counted.items()}
    return {
        key: _one(rows, common, known, chosen, most, prior, now) for key, rows in subjects.items()
    }


def _one(
    rows: Sequence[Row],
    common: Mapping[str, list[tuple[float, Fraction]]],
    known: Mapping[str, list[int]],
    weights: Mapping[str, float],
    most: int,
    prior: int,
    now: datetime,
) -> Slow:
    answers = sum(row.is_answered for row in rows)
    parts = {"quantity": 100 * log(1 + answers) / log(1 + most) if most else 0.0}
    variance = 0.0
    for part, shares in fractions(rows, now).items():
        inner = sum(shares[n][0] for n in known[part])
        parts[part] = 0.0
        for n in known[part]:
            weight, (hits, of) = shares[n]
            all_hits, all_of = common[part][n][1]
            value = (hits + prior * all_hits / all_of) / (of + prior)
            parts[part] += 100 * value * weight / inner
            mean = (value * of + 1) / (of + 2)
            spread = weights.get(part, 0.0) * weight / inner * 100
            variance += spread**2 * mean * (1 - mean) / (of + 2)
    return Slow(
        total=sum(parts[part] * weights.get(part, 0.0) for part in parts),
        parts=parts,
        margin=1.64 * sqrt(variance),
        sample=sum(row.is_answered or row.overdue(now) for row in rows),
    )
