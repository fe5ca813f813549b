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
MOST_REMEMBERED = 100_000
PIECE = "#"
"""Begins the name of a feature that is a piece of a word."""


def words_of(text: str) -> list[str]:
    return tokens(clean(text[:MAX_CHARS]))


def grams(words: Sequence[str]) -> list[str]:
    """Lemma unigrams and bigrams, and character 3–4-grams of the lemmas."""
    forms = [lemma(word) for word in words]
    found = pairs(forms)
    for form in forms:
        found += of_one(form)
    return found


def pairs(forms: Sequence[str]) -> list[str]:
    return [f"{a} {b}" for a, b in pairwise(forms)]


def of_one(form: str) -> list[str]:
    """The features of one lemma: itself and its pieces."""
    padded = f"_{form}_"
    found = [form]
    for size in (3, 4):
        found += [f"{PIECE}{padded[i : i + size]}" for i in range(len(padded) - size + 1)]
    return found


class Columns:
    """Where the features of texts stand in a vocabulary; what one lemma has is remembered."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._vocabulary = vocabulary
        self._of_one: dict[str, list[int]] = {}

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
        return [self._vocabulary[one] for one in features if one in self._vocabulary]


def analyse(text: str) -> list[str]:
    return grams(words_of(text))


def as_written(words: Sequence[str]) -> dict[str, str]:
    """The words of a text by their lemma unigrams and bigrams: «без свет» → «без света»."""
    forms = [lemma(word) for word in words]
    single = dict(zip(reversed(forms), reversed(words), strict=True))
    pairs = zip(pairwise(forms), pairwise(words), strict=True)
    return single | {f"{a} {b}": f"{x} {y}" for (a, b), (x, y) in pairs}


def vectors(
    texts: Sequence[Sequence[str]], columns: Columns, idf: NDArray[np.float32]
) -> sparse.csr_matrix:
    """Rows of unit length over the vocabulary for texts given as words; an empty row for a text
    without a known feature."""
    indptr, indices, data = [0], [], []
    for words in texts:
        known, counts = np.unique(np.array(columns.of(words), np.int32), return_counts=True)
        values = (1 + np.log(counts.astype(np.float32))) * idf[known]
        indices.append(known)
        data.append(values / (float(np.linalg.norm(values)) or 1.0))
        indptr.append(indptr[-1] + len(known))
    shape = (len(texts), len(columns))
    return sparse.csr_matrix(
        (
            np.concatenate([np.zeros(0, np.float32), *data]).astype(np.float32),
            np.concatenate([np.zeros(0, np.int32), *indices]),
            np.array(indptr),
        ),
        shape=shape,
    )
