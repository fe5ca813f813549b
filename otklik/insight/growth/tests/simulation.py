"""Municipalities by chance, with or without one planted cause.

Topics by Zipf's law, settlements by their population, bodies by topic, weekly waves of everything,
overdispersion of topics and places, seasons that repeat each year, proportional growth, drifts that
began before, and bursts of heavy tail at random cells in every week alike.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from otklik.insight.growth.rules.folding import Cells

TOPICS, PLACES, BODIES, CHANNELS = 40, 30, 14, 6


@dataclass(frozen=True)
class Town:
    cells: Cells
    planted: dict[int, int]


def town(seed: int, *, blocks: int, yearly: int, planted: bool, usual: float = 0.0) -> Town:
    """A town of `usual` cases a week, or of as many as the dice say.

    Blocks 0…blocks-1 are weeks back from now; the next `yearly` ones are those of a year before,
    the first of them a year before block 0 (as `blocks_of` numbers them).
    """
    chance = np.random.default_rng(seed)
    mean = usual or float(np.exp(chance.uniform(np.log(200), np.log(1800))))
    shares = _shares(chance)
    weeks = np.concatenate([-np.arange(blocks), -52 - np.arange(yearly)])
    rates = mean * shares[None] * _waves(chance, weeks)
    counts = chance.poisson(rates)
    _burst(chance, counts, mean)
    planted_at: dict[int, int] = {}
    codes, numbers, at = _rows(chance, counts)
    if planted:
        planted_at, more = _plant(chance, shares, mean)
        codes = np.concatenate([codes, more])
        numbers = np.concatenate([numbers, np.ones(len(more), dtype=np.int64)])
        at = np.concatenate([at, np.zeros(len(more), dtype=np.int64)])
    return Town(Cells(codes, at, numbers, blocks + yearly), planted_at)


def _shares(chance: np.random.Generator) -> np.ndarray:
    topics = 1.0 / np.arange(1, TOPICS + 1) ** 1.0
    people = np.sort(chance.pareto(1.1, PLACES) + 0.3)[::-1]
    common = np.outer(topics / topics.sum(), people / people.sum())
    tilt = chance.gamma(4.0, 0.25, common.shape)
    return np.asarray(common * tilt / (common * tilt).sum())


def _waves(chance: np.random.Generator, weeks: np.ndarray) -> np.ndarray:
    """Factors (weeks, topics, places): seasons, growth of all, drifts, overdispersion."""
    count = len(weeks)
    strength = np.where(chance.random(TOPICS) < 0.3, chance.uniform(0.3, 0.8, TOPICS), 0.05)
    phase = chance.uniform(0, 2 * np.pi, TOPICS)
    # Several of the seasons are on their steepest rise now.
    phase[chance.choice(TOPICS, 5, replace=False)] = 0.0
    season = np.exp(strength * np.sin(2 * np.pi * weeks[:, None] / 52 + phase))
    whole = chance.gamma(40, 1 / 40, count)
    whole[0] *= chance.uniform(1.0, 1.6)
    drift = np.ones((count, PLACES))
    for place in chance.choice(PLACES, 4, replace=False):
        drift[:, place] = np.exp(0.008 * np.clip(weeks, -60, 0) * chance.uniform(-1, 1))
    by_topic = chance.gamma(60, 1 / 60, (count, TOPICS))
    by_place = chance.gamma(60, 1 / 60, (count, PLACES))
    return np.asarray(
        (whole[:, None] * season * by_topic)[:, :, None] * (drift * by_place)[:, None, :]
    )


def _burst(chance: np.random.Generator, counts: np.ndarray, mean: float) -> None:
    """Heavy-tailed clusters: about four a week, in the current week no fewer than ever."""
    weight = counts.sum(axis=0).ravel() + 0.5
    weight = weight / weight.sum()
    for week in range(len(counts)):
        many = 4 if week == 0 else chance.poisson(4)
        for cell in chance.choice(TOPICS * PLACES, many, p=weight):
            size = min(int((1 + chance.pareto(2.2)) * 0.004 * mean + 2), int(0.03 * mean) + 4)
            counts[week].ravel()[cell] += size


def _rows(chance: np.random.Generator, counts: np.ndarray) -> tuple[np.ndarray, ...]:
    """Every case with its body (nearly always the topic's own) and channel."""
    week, topic, place = (np.repeat(axis, counts[counts > 0]) for axis in np.nonzero(counts))
    codes = np.stack(
        [topic, place, _bodies(chance, topic), _channels(chance, len(topic))], axis=1
    ).astype(np.int64)
    packed = np.concatenate([codes, week[:, None]], axis=1)
    unique, number = np.unique(packed, axis=0, return_counts=True)
    return unique[:, :4], number.astype(np.int64), unique[:, 4].astype(np.int64)


def _bodies(chance: np.random.Generator, topic: np.ndarray) -> np.ndarray:
    own = (topic * 7) % BODIES
    return np.where(chance.random(len(topic)) < 0.92, own, chance.integers(0, BODIES, len(topic)))


def _channels(chance: np.random.Generator, count: int) -> np.ndarray:
    return chance.choice(CHANNELS, count, p=[0.4, 0.25, 0.15, 0.1, 0.06, 0.04])


def _plant(
    chance: np.random.Generator, shares: np.ndarray, mean: float
) -> tuple[dict[int, int], np.ndarray]:
    """A cause in one topic and place, or a topic, place and channel: 5–9 % of a usual week, and
    no less than doubling its cell: below that it drowns in the waves of the largest cells."""
    topic, place = int(chance.integers(0, 20)), int(chance.integers(0, 15))
    size = int(max(chance.uniform(0.05, 0.09), shares[topic, place]) * mean) + 12
    fixed = {0: topic, 1: place}
    channels = _channels(chance, size)
    if chance.random() < 0.4:
        fixed[3] = int(chance.integers(0, 4))
        channels[:] = fixed[3]
    topics, places = np.full(size, topic), np.full(size, place)
    return fixed, np.stack([topics, places, _bodies(chance, topics), channels], axis=1)
