"""What a model looks at in a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from otklik.language.cleaning import clean
from otklik.language.lemmas import lemma, tokens

MAX_CHARS = 4000
MAX_FEATURES = 60_000
MOST_REMEMBERED = 100_000
PIECE = "#"
"""Begins the name of a feature that is a piece of a word."""
PIECE_SIZES = (3, 4)


def words_of(text: str) -> list[str]:
    return tokens(clean(text[:MAX_CHARS]))


def pairs(forms: Sequence[str]) -> list[str]:
    return [f"{a} {b}" for a, b in pairwise(forms)]


def of_one(form: str) -> list[str]:
    """The features of one lemma: itself and its pieces of three and four characters."""
    padded = f"_{form}_"
    found = [form]
    for size in PIECE_SIZES:
        found += [f"{PIECE}{padded[i : i + size]}" for i in range(len(padded) - size + 1)]
    return found


class Columns:
    """Where the features of texts stand in a vocabulary; what one lemma has is remembered.

    A vocabulary names words and pairs of words first, pieces of words after them: `words` tells
    how many are of the first kind.
    """

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._vocabulary = vocabulary
        self._of_one: dict[str, list[int]] = {}
        self.words = sum(not name.startswith(PIECE) for name in vocabulary)

    def __len__(self) -> int:
        return len(self._vocabulary)

    def of(self, words: Sequence[str]) -> list[int]:
        """One column for each time a known feature occurs, in no order."""
        forms = [lemma(word) for word in words]
        found = self._known(pairs(forms))
        for form in forms:
            columns = self._of_one.get(form)
            if columns is None:
                columns = self._remembered(form)
            found += columns
        return found

    def _remembered(self, form: str) -> list[int]:
        if len(self._of_one) >= MOST_REMEMBERED:
            self._of_one.clear()
        columns = self._of_one[form] = self._known(of_one(form))
        return columns

    def _known(self, features: Sequence[str]) -> list[int]:
        at = self._vocabulary
        return [at[one] for one in features if one in at]


class _Growing(dict[str, int]):
    """A vocabulary that takes in whatever is asked for."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> int:
        self[name] = place = len(self)
        return place


def learn_vocabulary(
    documents: Sequence[Sequence[str]], *, least: int
) -> tuple[dict[str, int], NDArray[np.float32]]:
    """The features that stand in at least `least` documents, the most frequent ones, and their
    inverse document frequencies. Documents are given as words."""
    growing = _Growing()
    columns = Columns(growing)
    seen = [np.unique(np.array(columns.of(words), np.int32)) for words in documents]
    number = np.bincount(np.concatenate([np.zeros(0, np.int32), *seen]), minlength=len(growing))
    kept = np.flatnonzero(number >= least)
    if len(kept) > MAX_FEATURES:
        kept = kept[np.argsort(-number[kept], kind="stable")[:MAX_FEATURES]]
    names = list(growing)
    ordered = sorted(kept.tolist(), key=lambda place: (names[place].startswith(PIECE), place))
    idf = 1 + np.log((1 + len(documents)) / (1 + number[ordered]))
    return {names[place]: i for i, place in enumerate(ordered)}, idf.astype(np.float32)


def as_written(words: Sequence[str]) -> dict[str, str]:
    """The words of a text by their lemma unigrams and bigrams: «без свет» → «без света»."""
    forms = [lemma(word) for word in words]
    single = dict(zip(reversed(forms), reversed(words), strict=True))
    both = zip(pairwise(forms), pairwise(words), strict=True)
    return single | {f"{a} {b}": f"{x} {y}" for (a, b), (x, y) in both}


def vectors(
    texts: Sequence[Sequence[str]], columns: Columns, idf: NDArray[np.float32]
) -> sparse.csr_matrix:
    """Rows over the vocabulary for texts given as words: the words of a text and the pieces of
    them weigh one each; an empty row for a text without a known feature."""
    indptr, indices, data = [0], [], []
    for words in texts:
        known, counts = np.unique(np.array(columns.of(words), np.int32), return_counts=True)
        values = (1 + np.log(counts.astype(np.float32))) * idf[known]
        border = int(np.searchsorted(known, columns.words))
        for part in (slice(0, border), slice(border, None)):
            values[part] /= float(np.linalg.norm(values[part])) or 1.0
        indices.append(known)
        data.append(values)
        indptr.append(indptr[-1] + len(known))
    return sparse.csr_matrix(
        (
            np.concatenate([np.zeros(0, np.float32), *data]).astype(np.float32),
            np.concatenate([np.zeros(0, np.int32), *indices]),
            np.array(indptr),
        ),
        shape=(len(texts), len(columns)),
    )
