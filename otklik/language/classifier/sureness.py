"""How sure the first suggestion is: a logistic curve over what shows a wrong one.

It is fitted on texts that the model had not seen, so a confidence of 0.8 means that eight such
suggestions of ten were right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

SIGNS = 5
_STEPS = 30
_CALM = 1.0
"""Penalty on the standardised weights of the curve."""
_TRUST = 5.0
"""A class counts as having this many average suggestions besides its own."""
_HEATS = np.geomspace(0.01, 3, 60)


@dataclass(frozen=True, slots=True)
class Sureness:
    """`temperature` turns margins into chances. `weights`: of the five signs and the shift.
    Per class: `seen`, texts learned from; `kept`, share of its suggestions that were right."""

    temperature: float
    weights: Floats
    seen: Floats
    kept: Floats

    @classmethod
    def plain(cls, temperature: float, classes: int, slope: float = 1.0, shift: float = 0) -> Self:
        """Chances as they are, where there is nothing to learn a curve from."""
        weights = np.array([slope, 0, 0, 0, 0, shift], np.float32)
        half = np.full(classes, 0.5, np.float32)
        return cls(temperature, weights, np.ones(classes, np.float32), half)

    @classmethod
    def learned(cls, margins: Floats, truth: NDArray[np.int64], seen: NDArray[np.int64]) -> Self:
        """From margins (texts × classes) of texts unseen by the model and their true classes."""
        first = margins.argmax(axis=1)
        right = first == truth
        heat = float(min(_HEATS, key=lambda t: _loss(softmax(margins / t).max(axis=1), right)))
        number = np.bincount(first, minlength=margins.shape[1])
        hits = np.bincount(first, weights=right, minlength=margins.shape[1])
        usual = _TRUST * float(np.clip(right.mean(), 0.02, 0.98))
        kept = (hits + usual) / (number + _TRUST)
        without_itself = (hits[first] - right + usual) / (number[first] - 1 + _TRUST)
        counts = np.maximum(seen, 1).astype(np.float32)
        signs = _signs(margins, softmax(margins / heat), counts, without_itself)
        weights = _curve(signs, right)
        return cls(heat, weights, counts, kept.astype(np.float32))

    def chances(self, margins: Floats) -> Floats:
        """Of each class, in the order of the margins, 0–1; of the first as often as it was right,
        of the rest their parts of what remains."""
        if margins.shape[1] == 1:
            return np.ones_like(margins)
        plain = softmax(margins / self.temperature)
        first = margins.argmax(axis=1)
        signs = _signs(margins, plain, self.seen, self.kept[first])
        top = _logistic(signs @ self.weights[:SIGNS] + self.weights[SIGNS])[:, None]
        mine = np.take_along_axis(plain, first[:, None], 1)
        rest = np.minimum(plain * (1 - top) / np.maximum(1 - mine, 1e-6), top)
        np.put_along_axis(rest, first[:, None], top, 1)
        return np.asarray(rest, dtype=np.float32)


def softmax(scores: Floats) -> Floats:
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float32)


def _signs(margins: Floats, chances: Floats, seen: Floats, kept: NDArray[np.float64]) -> Floats:
    """Log odds of the first chance, its margin, its lead, how much its class was taught, and the
    log odds of its class being right."""
    two = -np.partition(-margins, 1, axis=1)[:, :2]
    first = margins.argmax(axis=1)
    mine = np.clip(chances.max(axis=1), 1e-4, 1 - 1e-4)
    columns = (
        _log_odds(mine),
        two[:, 0],
        two[:, 0] - two[:, 1],
        np.log(seen[first]),
        _log_odds(kept),
    )
    return np.stack(columns, axis=1).astype(np.float32)


def _curve(signs: Floats, right: NDArray[np.bool_]) -> Floats:
    """Weights of the signs and the shift of the likeliest logistic curve (Newton's steps)."""
    middle, spread = signs.mean(axis=0), signs.std(axis=0) + 1e-6
    columns = np.hstack([(signs - middle) / spread, np.ones((len(signs), 1))]).astype(np.float64)
    calm = np.diag([_CALM] * SIGNS + [1e-3])
    found = np.zeros(SIGNS + 1)
    for _ in range(_STEPS):
        said = _logistic(columns @ found)
        slope = columns.T @ (said - right) + calm @ found
        bend = (columns * (said * (1 - said))[:, None]).T @ columns + calm
        step = np.linalg.solve(bend, slope)
        found -= step
        if np.abs(step).max() < 1e-6:
            break
    weights = found[:SIGNS] / spread
    return np.append(weights, found[SIGNS] - weights @ middle).astype(np.float32)


def _loss(sure: Floats, right: NDArray[np.bool_]) -> float:
    inside = np.clip(sure, 1e-6, 1 - 1e-6)
    return float(-np.where(right, np.log(inside), np.log1p(-inside)).mean())


def _log_odds(share: NDArray[np.floating]) -> NDArray[np.floating]:
    return np.asarray(np.log(share / (1 - share)))


def _logistic(odds: NDArray[np.floating]) -> NDArray[np.floating]:
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30))))
