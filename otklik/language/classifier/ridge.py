"""The linear model: ridge regression on one column for each class, classes weighed by rarity.

Up to a few thousand texts it is solved whole in the space of texts, which also gives, at no cost,
what the model would have said of each text had it not seen it. More texts are solved by
conjugate gradients, and a part of them is held back to be asked about.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse

Floats = NDArray[np.float32]

PENALTY = 3.0
RARITY = 0.5
"""A class's texts weigh (1 / number of them) to this power."""
WHOLE_AT_MOST = 3_000
HELD_BACK = 0.1
HELD_BACK_AT_MOST = 5_000
_STEPS = 40
_CLOSE = 1e-2
_AT_A_TIME = 64


@dataclass(frozen=True, slots=True)
class Fitted:
    """`weights` classes × features, `bias` per class; `margins` of the rows `asked` (rows ×
    classes) as a model that had not seen them says."""

    weights: Floats
    bias: Floats
    asked: NDArray[np.int64]
    margins: Floats


def fit(matrix: sparse.csr_matrix, of: NDArray[np.int64], classes: int, texts: int) -> Fitted:
    """Learn rows' classes (indices below `classes`); only the first `texts` rows may be asked
    about, those after them are descriptions of classes."""
    weight = _weight(of, classes, texts)
    if matrix.shape[0] <= WHOLE_AT_MOST:
        return _whole(matrix, of, classes, texts, weight)
    back = np.random.default_rng(7).permutation(texts)
    back = np.sort(back[: min(int(texts * HELD_BACK), HELD_BACK_AT_MOST)])
    kept = np.setdiff1d(np.arange(matrix.shape[0]), back)
    weights, bias = _by_steps(matrix[kept], of[kept], classes, weight[kept])
    margins = np.asarray(matrix[back] @ weights.T) + bias
    return Fitted(weights, bias, back, margins.astype(np.float32))


def _weight(of: NDArray[np.int64], classes: int, texts: int) -> NDArray[np.float64]:
    """Of each row, about 1; a class that has descriptions alone counts as having one text."""
    number = np.maximum(np.bincount(of[:texts], minlength=classes), 1)
    weight = (1 / number[of]) ** RARITY
    return np.asarray(weight / weight[:texts].mean())


def _targets(of: NDArray[np.int64], classes: int) -> Floats:
    targets = np.zeros((len(of), classes), np.float32)
    targets[np.arange(len(of)), of] = 1
    return targets


def _whole(
    matrix: sparse.csr_matrix,
    of: NDArray[np.int64],
    classes: int,
    texts: int,
    weight: NDArray[np.float64],
) -> Fitted:
    targets = _targets(of, classes)
    alike = (matrix @ matrix.T).toarray().astype(np.float64) + 1
    alike[np.diag_indices_from(alike)] += PENALTY / weight
    inverse = linalg.inv(alike, overwrite_a=True, check_finite=False)
    pull = inverse @ targets
    unseen = targets[:texts] - pull[:texts] / np.diag(inverse)[:texts, None]
    return Fitted(
        np.asarray((matrix.T @ pull).T, dtype=np.float32),
        pull.sum(axis=0).astype(np.float32),
        np.arange(texts),
        unseen.astype(np.float32),
    )


def _by_steps(
    matrix: sparse.csr_matrix, of: NDArray[np.int64], classes: int, weight: NDArray[np.float64]
) -> tuple[Floats, Floats]:
    """Conjugate gradients on the normal equations, some classes at a time to spare memory."""
    ones = sparse.csr_matrix(np.ones((matrix.shape[0], 1), np.float32))
    rows = sparse.hstack([matrix, ones], format="csr", dtype=np.float32)
    back = (sparse.diags(weight.astype(np.float32)) @ rows).T.tocsr()
    share = np.asarray(back.multiply(rows.T.tocsr()).sum(axis=1), np.float32).reshape(-1, 1)
    scale = np.asarray(1 / (share + PENALTY), np.float32)
    targets = sparse.csc_matrix(
        (np.ones(len(of), np.float32), (np.arange(len(of)), of)), (len(of), classes)
    )
    found = np.empty((classes, rows.shape[1]), np.float32)
    for begin in range(0, classes, _AT_A_TIME):
        some = slice(begin, begin + _AT_A_TIME)
        wanted = back @ targets[:, some].toarray()
        found[some] = _conjugate(rows, back, wanted, scale).T
    return np.ascontiguousarray(found[:, :-1]), found[:, -1].copy()


def _conjugate(
    rows: sparse.csr_matrix, back: sparse.csr_matrix, wanted: Floats, scale: Floats
) -> Floats:
    """Solve (back·rows + penalty) x = wanted for all columns at once; each feature is scaled by
    its own share of the work."""
    found = np.zeros_like(wanted)
    rest = wanted
    turned = scale * rest
    step = turned.copy()
    size = first = (rest * turned).sum(axis=0)
    for _ in range(_STEPS):
        moved = back @ (rows @ step) + np.float32(PENALTY) * step
        length = size / np.maximum((step * moved).sum(axis=0), 1e-12)
        found += length * step
        rest -= length * moved
        turned = scale * rest
        size, before = (rest * turned).sum(axis=0), size
        if np.all(size <= _CLOSE**2 * first):
            break
        step *= size / np.maximum(before, 1e-12)
        step += turned
    return found
