"""What a model looks at in a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from otklik.language.cleaning import clean
from otklik.language.lemmas import lemma, tokens

MAX_CHARS = 4000
PIECE = "#"
"""Begins the name of a feature that is a piece of a word."""


def words_of(text: str) -> list[str]:
    return tokens(clean(text[:MAX_CHARS]))


def grams(words: Sequence[str]) -> list[str]:
    """Lemma unigrams and bigrams, and character 3–4-grams of the lemmas."""
    forms = [lemma(word) for word in words]
    found = list(forms)
    found += [f"{a} {b}" for a, b in pairwise(forms)]
    for form in forms:
        padded = f"_{form}_"
        for size in (3, 4):
            found += [f"{PIECE}{padded[i : i + size]}" for i in range(len(padded) - size + 1)]
    return found


def analyse(text: str) -> list[str]:
    return grams(words_of(text))


def as_written(words: Sequence[str]) -> dict[str, str]:
    """The words of a text by their lemma unigrams and bigrams: «без свет» → «без света»."""
    forms = [lemma(word) for word in words]
    single = dict(zip(reversed(forms), reversed(words), strict=True))
    pairs = zip(pairwise(forms), pairwise(words), strict=True)
    return single | {f"{a} {b}": f"{x} {y}" for (a, b), (x, y) in pairs}


def vectors(
    texts: Sequence[Sequence[str]], vocabulary: Mapping[str, int], idf: NDArray[np.float32]
) -> sparse.csr_matrix:
    """Rows of unit length over the vocabulary for texts given as words; an empty row for a text
    without a known feature."""
    indptr, indices, data = [0], [], []
    for words in texts:
        counts = Counter(vocabulary[gram] for gram in grams(words) if gram in vocabulary)
        columns = np.fromiter(sorted(counts), dtype=np.int32, count=len(counts))
        times = np.fromiter((counts[c] for c in columns.tolist()), np.float32, len(counts))
        values = (1 + np.log(times)) * idf[columns]
        indices.append(columns)
        data.append(values / (float(np.linalg.norm(values)) or 1.0))
        indptr.append(indptr[-1] + len(columns))
    shape = (len(texts), len(vocabulary))
    return sparse.csr_matrix(
        (
            np.concatenate([np.zeros(0, np.float32), *data]).astype(np.float32),
            np.concatenate([np.zeros(0, np.int32), *indices]),
            np.array(indptr),
        ),
        shape=shape,
    )
