"""Learning from labelled texts, or from the labels' own words where there is no history yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from otklik.language.classifier.features import analyse
from otklik.language.classifier.model import TopicModel, bent, softmax

MAX_FEATURES = 60_000
FOLDS = 4
CHECKED_AT_MOST = 20_000
LEAST_TO_CHECK = 30
_UNKNOWN = -10.0
"""Margin of a class that a fold's model has never seen."""


def train(
    texts: Sequence[str],
    labels: Sequence[str],
    *,
    when: str,
    described: Mapping[str, str] | None = None,
) -> TopicModel:
    """Learn from labelled texts (same length; pairs with an empty text or label are left out).

    `described` (label → its name and words) teaches rare labels and such that no text has yet.
    `when` is an ISO moment for the card. Raises ValueError when nothing usable is given.
    """
    pairs = [(t, str(y)) for t, y in zip(texts, labels, strict=True) if t.strip() and str(y)]
    if not pairs:
        raise ValueError("no labelled texts to learn from")
    extra = [(words, label) for label, words in (described or {}).items() if words.strip()]
    documents = [text for text, _ in (*pairs, *extra)]
    names = np.array([label for _, label in (*pairs, *extra)])
    vocabulary, idf, matrix = _learn_words(documents, least=2 if len(pairs) > 200 else 1)
    margins, truth = _held_out(matrix, names, len(pairs))
    known, weights, bias = _fit(matrix, names)
    temperature, slope, shift = _calibrated(margins, truth)
    return TopicModel(
        labels=known,
        vocabulary=vocabulary,
        idf=idf,
        weights=weights,
        bias=bias,
        temperature=temperature,
        card=_card(when, len(pairs), known, margins, truth),
        slope=slope,
        shift=shift,
    )


def from_descriptions(described: Mapping[str, str], *, when: str) -> TopicModel:
    """A cold start: likeness of a text to each label's name and words (label → description).

    Its confidence is only a likeness: show several, accept none unseen. Raises ValueError
    without any words.
    """
    given = {label: words for label, words in described.items() if words.strip()}
    if not given:
        raise ValueError("no descriptions to start from")
    vocabulary, idf, matrix = _learn_words(list(given.values()), least=1)
    return TopicModel(
        labels=list(given),
        vocabulary=vocabulary,
        idf=idf,
        weights=matrix.toarray().astype(np.float32),
        bias=np.zeros(len(given), dtype=np.float32),
        temperature=0.1,
        card={"when": when, "texts": 0, "classes": len(given), "cold_start": True},
    )


def _learn_words(
    documents: Sequence[str], *, least: int
) -> tuple[dict[str, int], NDArray[np.float32], sparse.csr_matrix]:
    # Loading takes seconds, which only those who train should spend.
    from sklearn.feature_extraction.text import TfidfVectorizer

    analysed = [analyse(text) for text in documents]
    if not any(analysed):
        raise ValueError("no words to learn from")
    vectorizer = TfidfVectorizer(
        analyzer=list,
        sublinear_tf=True,
        min_df=least,
        max_features=MAX_FEATURES,
        dtype=np.float32,
    )
    matrix = vectorizer.fit_transform(analysed)
    ordered = sorted(vectorizer.vocabulary_.items(), key=lambda item: item[1])
    vocabulary = {gram: int(place) for gram, place in ordered}
    return vocabulary, vectorizer.idf_.astype(np.float32), matrix


def _fit(
    matrix: sparse.csr_matrix, names: NDArray[np.str_]
) -> tuple[list[str], NDArray[np.float32], NDArray[np.float32]]:
    from sklearn.svm import LinearSVC

    classes = sorted(set(names.tolist()))
    if len(classes) == 1:
        zero = np.zeros((1, matrix.shape[1]), dtype=np.float32)
        return classes, zero, np.zeros(1, dtype=np.float32)
    model = LinearSVC(C=1.0, class_weight="balanced", dual="auto", max_iter=5000)
    model.fit(matrix, names)
    weights, bias = model.coef_, model.intercept_
    if len(classes) == 2:
        weights, bias = np.vstack([-weights, weights]), np.array([-bias[0], bias[0]])
    return model.classes_.tolist(), weights.astype(np.float32), bias.astype(np.float32)


def _held_out(
    matrix: sparse.csr_matrix, names: NDArray[np.str_], texts: int
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Margins of texts that the fold's model had not seen, and the true class's index.

    Descriptions, the rows after `texts`, help every fold to learn and are never asked about.
    Labels with a single text count as the misses they are.
    """
    from sklearn.model_selection import KFold

    classes = sorted(set(names.tolist()))
    if texts < LEAST_TO_CHECK or len(classes) < 2:
        return np.zeros((0, len(classes)), np.float32), np.zeros(0, np.int64)
    at = {name: i for i, name in enumerate(classes)}
    asked = np.arange(min(texts, CHECKED_AT_MOST))
    descriptions = np.arange(texts, len(names))
    margins = np.full((len(asked), len(classes)), _UNKNOWN, dtype=np.float32)
    for known, held in KFold(FOLDS, shuffle=True, random_state=7).split(asked):
        rows = np.concatenate([asked[known], descriptions])
        labels, weights, bias = _fit(matrix[rows], names[rows])
        scores = np.asarray(matrix[asked[held]] @ weights.T) + bias
        margins[np.ix_(held, [at[label] for label in labels])] = scores
    return margins, np.array([at[name] for name in names[asked]])


def _calibrated(
    margins: NDArray[np.float32], truth: NDArray[np.int64]
) -> tuple[float, float, float]:
    """Temperature, slope and shift with which the first suggestion is right as often as its
    confidence says (least log loss of "the first is right")."""
    if len(truth) == 0:
        return 0.5, 1.0, 0.0
    right = margins.argmax(axis=1) == truth

    def loss(sure: NDArray[np.float32]) -> float:
        inside = np.clip(sure, 1e-6, 1 - 1e-6)
        return float(-np.where(right, np.log(inside), np.log1p(-inside)).mean())

    heat = min(np.geomspace(0.03, 3, 60), key=lambda t: loss(softmax(margins / t).max(axis=1)))
    first = softmax(margins / heat).max(axis=1)
    slope, shift = min(
        product(np.linspace(0.2, 1.5, 27), np.linspace(-2, 2, 41)),
        key=lambda pair: loss(bent(first, *pair)),
    )
    return float(heat), float(slope), float(shift)


def _card(
    when: str,
    texts: int,
    classes: list[str],
    margins: NDArray[np.float32],
    truth: NDArray[np.int64],
) -> dict[str, Any]:
    """`accuracy` and `top3` are of held-out texts, 0–1."""
    card: dict[str, Any] = {"when": when, "texts": texts, "classes": len(classes)}
    if len(truth):
        order = np.argsort(-margins, axis=1)[:, :3]
        card["accuracy"] = round(float((order[:, 0] == truth).mean()), 4)
        card["top3"] = round(float((order == truth[:, None]).any(axis=1).mean()), 4)
        card["checked_on"] = len(truth)
    return card
