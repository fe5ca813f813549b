"""Topics of a text: lemma n-grams and character n-grams under a balanced linear model.

A model is a plain artefact (arrays and JSON, no pickle) with a card of what it was made from.
"""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from otklik.language.lemmas import lemmas

MAX_FEATURES = 60_000
MAX_CHARS = 4000
FOLDS = 3
CHECKED_AT_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`confidence` 0–1, calibrated on held-out text; `reasons` are words that spoke for it."""

    label: str
    confidence: float
    reasons: list[str] = field(default_factory=list)


def _analyse(text: str) -> list[str]:
    """Lemma unigrams and bigrams, and character 3–4-grams of the lemmas."""
    words = lemmas(text[:MAX_CHARS])
    grams = list(words)
    grams += [f"{a} {b}" for a, b in zip(words, words[1:], strict=False)]
    for word in words:
        padded = f"_{word}_"
        for size in (3, 4):
            grams += [f"#{padded[i : i + size]}" for i in range(len(padded) - size + 1)]
    return grams


@dataclass
class TopicModel:
    """Weights: classes × features; `temperature` turns margins into probabilities."""

    labels: list[str]
    vocabulary: dict[str, int]
    idf: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    temperature: float
    card: dict[str, Any]

    def suggest(self, text: str, k: int = 3) -> list[Suggestion]:
        return self.suggest_many([text], k)[0]

    def suggest_many(self, texts: Sequence[str], k: int = 3) -> list[list[Suggestion]]:
        """Top-k labels per text, surest first; an empty text has no suggestion."""
        found: list[list[Suggestion]] = []
        for start in range(0, len(texts), 512):
            found += self._batch(texts[start : start + 512], k)
        return found

    def _batch(self, texts: Sequence[str], k: int) -> list[list[Suggestion]]:
        features = self._features(texts)
        scores = np.asarray(features @ self.weights.T) + self.bias
        chances = _softmax(scores / self.temperature)
        words = list(self.vocabulary)
        out: list[list[Suggestion]] = []
        for row in range(len(texts)):
            if features.indptr[row] == features.indptr[row + 1]:
                out.append([])
                continue
            best = np.argsort(-chances[row])[:k]
            out.append(
                [
                    Suggestion(
                        self.labels[i],
                        float(chances[row, i]),
                        self._reasons(features, row, i, words),
                    )
                    for i in best
                ]
            )
        return out

    def _reasons(
        self, features: sparse.csr_matrix, row: int, label: int, words: list[str]
    ) -> list[str]:
        columns = features.indices[features.indptr[row] : features.indptr[row + 1]]
        values = features.data[features.indptr[row] : features.indptr[row + 1]]
        pull = values * self.weights[label, columns]
        order = np.argsort(-pull)
        chosen = [words[columns[i]] for i in order[:40] if pull[i] > 0]
        return [word for word in chosen if not word.startswith("#") and len(word) > 2][:3]

    def _features(self, texts: Sequence[str]) -> sparse.csr_matrix:
        indptr, indices, data = [0], [], []
        for text in texts:
            counts = Counter(
                self.vocabulary[gram] for gram in _analyse(text) if gram in self.vocabulary
            )
            columns = sorted(counts)
            values = np.array([1 + np.log(counts[c]) for c in columns], dtype=np.float32)
            values *= self.idf[columns] if columns else 1
            norm = float(np.linalg.norm(values)) or 1.0
            indices += columns
            data += (values / norm).tolist()
            indptr.append(len(indices))
        shape = (len(texts), len(self.vocabulary))
        return sparse.csr_matrix(
            (np.array(data, dtype=np.float32), np.array(indices), np.array(indptr)), shape=shape
        )


def train(texts: Sequence[str], labels: Sequence[str], *, when: str) -> TopicModel:
    """Learn from labelled texts (same length; pairs with an empty text or label are left out).

    `when` is an ISO moment for the card. Raises ValueError when nothing usable is given.
    """
    # Loading takes seconds, which only those who train should spend.
    from sklearn.feature_extraction.text import TfidfVectorizer

    pairs = [(t, str(y)) for t, y in zip(texts, labels, strict=True) if t.strip() and str(y)]
    if not pairs:
        raise ValueError("no labelled texts to learn from")
    vectorizer = TfidfVectorizer(
        analyzer=_analyse,
        sublinear_tf=True,
        min_df=2 if len(pairs) > 200 else 1,
        max_features=MAX_FEATURES,
        dtype=np.float32,
    )
    matrix = vectorizer.fit_transform([text for text, _ in pairs])
    names = np.array([label for _, label in pairs])
    margins, truth = _held_out(matrix, names)
    temperature = _temperature(margins, truth)
    classes, weights, bias = _fit(matrix, names)
    return TopicModel(
        labels=classes,
        vocabulary=_ordered(vectorizer.vocabulary_),
        idf=vectorizer.idf_.astype(np.float32),
        weights=weights,
        bias=bias,
        temperature=temperature,
        card=_card(when, len(pairs), classes, margins, truth),
    )


def from_descriptions(described: Mapping[str, str], *, when: str) -> TopicModel:
    """A cold start: likeness of a text to each label's name and words (label → description)."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer=_analyse, sublinear_tf=True, dtype=np.float32)
    matrix = vectorizer.fit_transform(list(described.values()))
    return TopicModel(
        labels=list(described),
        vocabulary=_ordered(vectorizer.vocabulary_),
        idf=vectorizer.idf_.astype(np.float32),
        weights=matrix.toarray().astype(np.float32),
        bias=np.zeros(len(described), dtype=np.float32),
        temperature=0.1,
        card={"when": when, "texts": 0, "classes": len(described), "cold_start": True},
    )


def dump(model: TopicModel) -> bytes:
    """The artefact: a compressed npz of arrays and one JSON; loads without pickle."""
    buffer = io.BytesIO()
    head = {
        "labels": model.labels,
        "vocabulary": list(model.vocabulary),
        "temperature": model.temperature,
        "card": model.card,
    }
    text = np.frombuffer(json.dumps(head, ensure_ascii=False).encode(), dtype=np.uint8)
    weights = sparse.csr_matrix(np.where(np.abs(model.weights) < 1e-3, 0, model.weights))
    np.savez_compressed(
        buffer,
        head=text,
        idf=model.idf,
        bias=model.bias,
        data=weights.data.astype(np.float16),
        indices=weights.indices,
        indptr=weights.indptr,
    )
    return buffer.getvalue()


def load(artefact: bytes) -> TopicModel:
    """Read an artefact; raise ValueError when it is not one."""
    with np.load(io.BytesIO(artefact), allow_pickle=False) as arrays:
        head = json.loads(arrays["head"].tobytes())
        shape = (len(head["labels"]), len(head["vocabulary"]))
        weights = sparse.csr_matrix(
            (arrays["data"].astype(np.float32), arrays["indices"], arrays["indptr"]), shape=shape
        )
        return TopicModel(
            labels=head["labels"],
            vocabulary={gram: i for i, gram in enumerate(head["vocabulary"])},
            idf=arrays["idf"],
            weights=weights.toarray(),
            bias=arrays["bias"],
            temperature=float(head["temperature"]),
            card=head["card"],
        )


def _ordered(vocabulary: Mapping[str, int]) -> dict[str, int]:
    return {gram: int(i) for gram, i in sorted(vocabulary.items(), key=lambda item: item[1])}


def _fit(
    matrix: sparse.csr_matrix, names: NDArray[np.str_]
) -> tuple[list[str], NDArray[np.float32], NDArray[np.float32]]:
    from sklearn.svm import LinearSVC

    classes = sorted(set(names.tolist()))
    if len(classes) == 1:
        zero = np.zeros((1, matrix.shape[1]), dtype=np.float32)
        return classes, zero, np.zeros(1, dtype=np.float32)
    model = LinearSVC(C=0.7, class_weight="balanced", dual="auto", max_iter=3000).fit(matrix, names)
    weights, bias = model.coef_, model.intercept_
    if len(classes) == 2:
        weights, bias = np.vstack([-weights, weights]), np.array([-bias[0], bias[0]])
    return list(model.classes_), weights.astype(np.float32), bias.astype(np.float32)


def _held_out(
    matrix: sparse.csr_matrix, names: NDArray[np.str_]
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Margins of texts that the fold's model had not seen, and the true class's index."""
    from sklearn.model_selection import StratifiedKFold

    classes = sorted(set(names.tolist()))
    counts = Counter(names.tolist())
    usable = np.array([i for i, name in enumerate(names) if counts[name] >= FOLDS])[
        :CHECKED_AT_MOST
    ]
    if len(usable) < 30 or len({names[i] for i in usable}) < 2:
        return np.zeros((0, len(classes)), np.float32), np.zeros(0, np.int64)
    at = {name: i for i, name in enumerate(classes)}
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=7)
    margins = np.full((len(usable), len(classes)), -10.0, dtype=np.float32)
    for known, held in folds.split(usable, names[usable]):
        labels, weights, bias = _fit(matrix[usable[known]], names[usable[known]])
        scores = np.asarray(matrix[usable[held]] @ weights.T) + bias
        margins[np.ix_(held, [at[label] for label in labels])] = scores
    return margins, np.array([at[names[i]] for i in usable])


def _temperature(margins: NDArray[np.float32], truth: NDArray[np.int64]) -> float:
    """The temperature with the least log loss on held-out margins."""
    if len(truth) == 0:
        return 0.5
    best = min(
        np.geomspace(0.03, 3, 40),
        key=lambda t: float(
            -np.log(_softmax(margins / t)[np.arange(len(truth)), truth] + 1e-9).mean()
        ),
    )
    return float(best)


def _card(
    when: str,
    texts: int,
    classes: list[str],
    margins: NDArray[np.float32],
    truth: NDArray[np.int64],
) -> dict[str, Any]:
    card: dict[str, Any] = {"when": when, "texts": texts, "classes": len(classes)}
    if len(truth):
        order = np.argsort(-margins, axis=1)[:, :3]
        card["accuracy"] = round(float((order[:, 0] == truth).mean()), 4)
        card["top3"] = round(float((order == truth[:, None]).any(axis=1).mean()), 4)
        card["checked_on"] = len(truth)
    return card


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float32)
