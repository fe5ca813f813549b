"""Learning from labelled texts, or from the labels' own words where there is no history yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from otklik.language.classifier.features import Columns, learn_vocabulary, vectors, words_of
from otklik.language.classifier.model import TopicModel
from otklik.language.classifier.ridge import Floats, fit
from otklik.language.classifier.sureness import Sureness

LEARNED_FROM_AT_MOST = 40_000
"""Texts: past that, hours of learning buy tenths of a point."""
LEAST_TO_CHECK = 30
MANY = 20_000
"""Texts above which a feature seen in one text only is left out."""


def train(
    texts: Sequence[str],
    labels: Sequence[str],
    *,
    when: str,
    described: Mapping[str, str] | None = None,
) -> TopicModel:
    """Learn from labelled texts, newest first (same length; pairs with an empty text or label
    are left out, and of a great many the older ones of the frequent labels).

    `described` (label → its name and words) teaches rare labels and such that no text has yet.
    `when` is an ISO moment for the card. Raises ValueError when nothing usable is given.
    """
    pairs = [(t, str(y)) for t, y in zip(texts, labels, strict=True) if t.strip() and str(y)]
    if not pairs:
        raise ValueError("no labelled texts to learn from")
    given = len(pairs)
    pairs = _within_reach(pairs)
    extra = [(words, label) for label, words in (described or {}).items() if words.strip()]
    vocabulary, idf, matrix = _learn_words([text for text, _ in (*pairs, *extra)])
    known, of = np.unique([label for _, label in (*pairs, *extra)], return_inverse=True)
    fitted = fit(matrix, of, len(known), len(pairs))
    checked = len(fitted.asked) >= LEAST_TO_CHECK and len(known) > 1
    truth = of[fitted.asked]
    seen = np.bincount(of[: len(pairs)], minlength=len(known))
    return TopicModel(
        labels=known.tolist(),
        vocabulary=vocabulary,
        idf=idf,
        weights=fitted.weights,
        bias=fitted.bias,
        sureness=(
            Sureness.learned(fitted.margins, truth, seen)
            if checked
            else Sureness.plain(0.1, len(known))
        ),
        card=_card(when, given, len(pairs), len(known))
        | (_checked(fitted.margins, truth) if checked else {}),
    )


def _within_reach(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """All pairs, or the newest of each label so that every label keeps its due: the largest
    number per label with which the whole stays within `LEARNED_FROM_AT_MOST`."""
    if len(pairs) <= LEARNED_FROM_AT_MOST:
        return pairs
    sizes = np.array(sorted(Counter(label for _, label in pairs).values()))
    low, high = 1, int(sizes[-1])
    while low < high:
        middle = (low + high + 1) // 2
        fits = int(np.minimum(sizes, middle).sum()) <= LEARNED_FROM_AT_MOST
        low, high = (middle, high) if fits else (low, middle - 1)
    taken: Counter[str] = Counter()
    kept: list[tuple[str, str]] = []
    for text, label in pairs:
        taken[label] += 1
        if taken[label] <= low:
            kept.append((text, label))
    return kept[:LEARNED_FROM_AT_MOST]


def from_descriptions(described: Mapping[str, str], *, when: str) -> TopicModel:
    """A cold start: likeness of a text to each label's name and words (label → description).

    Its confidence is only a likeness: show several, accept none unseen. Raises ValueError
    without any words.
    """
    given = {label: words for label, words in described.items() if words.strip()}
    if not given:
        raise ValueError("no descriptions to start from")
    vocabulary, idf, matrix = _learn_words(list(given.values()))
    return TopicModel(
        labels=list(given),
        vocabulary=vocabulary,
        idf=idf,
        weights=matrix.toarray().astype(np.float32),
        bias=np.zeros(len(given), dtype=np.float32),
        sureness=Sureness.plain(0.1, len(given)),
        card={"when": when, "texts": 0, "classes": len(given), "cold_start": True},
    )


def _learn_words(documents: Sequence[str]) -> tuple[dict[str, int], Floats, sparse.csr_matrix]:
    words = [words_of(text) for text in documents]
    if not any(words):
        raise ValueError("no words to learn from")
    vocabulary, idf = learn_vocabulary(words, least=2 if len(documents) > MANY else 1)
    return vocabulary, idf, vectors(words, Columns(vocabulary), idf)


def _card(when: str, texts: int, learned_from: int, classes: int) -> dict[str, Any]:
    return {"when": when, "texts": texts, "learned_from": learned_from, "classes": classes}


def _checked(margins: Floats, truth: NDArray[np.int64]) -> dict[str, Any]:
    """`accuracy` and `top3` are of texts that the model had not seen, 0–1."""
    order = np.argsort(-margins, axis=1)[:, :3]
    return {
        "accuracy": round(float((order[:, 0] == truth).mean()), 4),
        "top3": round(float((order == truth[:, None]).any(axis=1).mean()), 4),
        "checked_on": len(truth),
    }
