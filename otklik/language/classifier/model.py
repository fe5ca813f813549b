"""A trained model and what it says of a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from otklik.language.classifier.features import Columns, as_written, vectors, words_of
from otklik.language.classifier.sureness import Sureness

_BATCH = 512
_MOST_REASONS = 3
_LOOKED_AT = 40


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`confidence` 0–1, calibrated on held-out text; `reasons`: words of the text that spoke for
    it, strongest first."""

    label: str
    confidence: float
    reasons: list[str] = field(default_factory=list)


@dataclass
class TopicModel:
    """Weights: classes × features."""

    labels: list[str]
    vocabulary: dict[str, int]
    idf: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    sureness: Sureness
    card: dict[str, Any]

    @cached_property
    def _grams(self) -> list[str]:
        return list(self.vocabulary)

    @cached_property
    def _columns(self) -> Columns:
        return Columns(self.vocabulary)

    def suggest(self, text: str, k: int = 3) -> list[Suggestion]:
        return self.suggest_many([text], k)[0]

    def suggest_many(self, texts: Sequence[str], k: int = 3) -> list[list[Suggestion]]:
        """Top-k labels per text, surest first; a text without a known word has no suggestion."""
        found: list[list[Suggestion]] = []
        for start in range(0, len(texts), _BATCH):
            found += self._batch(texts[start : start + _BATCH], k)
        return found

    def _batch(self, texts: Sequence[str], k: int) -> list[list[Suggestion]]:
        words = [words_of(text) for text in texts]
        features = vectors(words, self._columns, self.idf)
        scores = np.asarray(features @ self.weights.T) + self.bias
        chances = self.sureness.chances(scores)
        return [
            self._of_row(features, row, scores[row], chances[row], words[row], k)
            for row in range(len(texts))
        ]

    def _of_row(
        self,
        features: sparse.csr_matrix,
        row: int,
        scores: NDArray[np.float32],
        chances: NDArray[np.float32],
        words: Sequence[str],
        k: int,
    ) -> list[Suggestion]:
        begin, end = features.indptr[row], features.indptr[row + 1]
        if begin == end:
            return []
        said = begin + int(np.searchsorted(features.indices[begin:end], self._columns.words))
        columns, values = features.indices[begin:said], features.data[begin:said]
        shown = as_written(words)
        return [
            Suggestion(
                self.labels[label],
                float(chances[label]),
                self._reasons(columns, values * self.weights[label, columns], shown),
            )
            for label in np.argsort(-scores)[:k]
        ]

    def _reasons(
        self, columns: NDArray[np.int32], pull: NDArray[np.float32], shown: Mapping[str, str]
    ) -> list[str]:
        chosen: list[str] = []
        for place in np.argsort(-pull)[:_LOOKED_AT]:
            gram = self._grams[columns[place]]
            if pull[place] <= 0 or len(chosen) == _MOST_REASONS:
                break
            if len(gram) < 3:
                continue
            words = shown.get(gram, gram)
            if not any(words in said or said in words for said in chosen):
                chosen.append(words)
        return chosen
