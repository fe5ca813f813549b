"""How good the suggestions are on a file of labelled texts, beside a well-known baseline.

The baseline is TF-IDF of lemmas and of character 2–5-grams under a balanced linear support
vector machine, C = 1. Both are asked about texts they have not seen, fold by fold.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from otklik.language.classifier.features import words_of
from otklik.language.classifier.sureness import softmax
from otklik.language.classifier.training import train
from otklik.language.lemmas import lemma

TOP = 3
BINS = 10
PRECISE = 0.9
SEED = 42


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares are 0–1. `ece`: mean distance between confidence and share of right ones over ten
    bins. `coverage_at_90`: the largest share of the surest texts of which 90 % are right.
    `train_s`: seconds for one fold; `per_s`: texts a second when suggesting."""

    accuracy: float
    macro_f1: float
    top3: float
    ece: float
    coverage_at_90: float
    train_s: float
    per_s: float


Learner = Callable[[Sequence[str], Sequence[str]], Callable[[Sequence[str]], "Answers"]]
"""Learns texts and labels; the outcome answers with the surest labels and the first's chance."""


@dataclass(frozen=True, slots=True)
class Answers:
    labels: list[list[str]]
    sure: list[float]


def evaluate(texts: Sequence[str], labels: Sequence[str], folds: int = 5) -> dict[str, Any]:
    """Figures of `engine` and `baseline` with the number of `texts` and `classes` they are of.

    Rows with an empty text or label are left out. Raises ValueError with fewer than two rows.
    """
    pairs = [
        (t, str(y).strip())
        for t, y in zip(texts, labels, strict=True)
        if t.strip() and str(y).strip()
    ]
    if len(pairs) < 2:
        raise ValueError("fewer than two labelled texts")
    said = [text for text, _ in pairs]
    truth = np.array([label for _, label in pairs])
    for text in said:  # the dictionary of lemmas is warm for both
        _lemmas(text)
    parts = _parts(len(pairs), folds)
    return {
        "texts": len(pairs),
        "classes": len(set(truth.tolist())),
        "folds": len(parts),
        "engine": asdict(_measured(_engine, said, truth, parts)),
        "baseline": asdict(_measured(_baseline, said, truth, parts)),
    }


def _parts(number: int, folds: int) -> list[NDArray[np.int64]]:
    order = np.random.default_rng(SEED).permutation(number)
    return [np.sort(part) for part in np.array_split(order, max(2, min(folds, number)))]


def _measured(
    learner: Learner,
    texts: Sequence[str],
    truth: NDArray[np.str_],
    parts: Sequence[NDArray[np.int64]],
) -> Figures:
    answers = Answers([[] for _ in texts], [0.0 for _ in texts])
    learning = asking = 0.0
    for held in parts:
        known = np.setdiff1d(np.arange(len(texts)), held)
        begun = time.perf_counter()
        ask = learner([texts[i] for i in known], truth[known].tolist())
        learning += time.perf_counter() - begun
        begun = time.perf_counter()
        given = ask([texts[i] for i in held])
        asking += time.perf_counter() - begun
        for place, labels, sure in zip(held, given.labels, given.sure, strict=True):
            answers.labels[place], answers.sure[place] = labels, sure
    return _figures(answers, truth, learning / len(parts), len(texts) / asking)


def _figures(answers: Answers, truth: NDArray[np.str_], train_s: float, per_s: float) -> Figures:
    first = np.array([labels[0] if labels else "" for labels in answers.labels])
    right, sure = first == truth, np.array(answers.sure)
    among = [label in labels for label, labels in zip(truth, answers.labels, strict=True)]
    shares = {
        "accuracy": right.mean(),
        "macro_f1": macro_f1(first, truth),
        "top3": np.mean(among),
        "ece": calibration_error(sure, right),
        "coverage_at_90": coverage(sure, right),
    }
    return Figures(
        **{name: round(float(share), 4) for name, share in shares.items()},
        train_s=round(train_s, 2),
        per_s=round(per_s, 0),
    )


def macro_f1(said: NDArray[np.str_], truth: NDArray[np.str_]) -> float:
    """Mean over the labels of `truth` of 2 · hits / (times said + times true), 0–1."""
    shares = [
        2
        * float(((said == label) & (truth == label)).sum())
        / float((said == label).sum() + (truth == label).sum())
        for label in np.unique(truth)
    ]
    return float(np.mean(shares))


def calibration_error(sure: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Expected calibration error over ten bins of equal width, 0–1."""
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    wrong = [
        abs(float(sure[bins == one].mean() - right[bins == one].mean())) * (bins == one).mean()
        for one in np.unique(bins)
    ]
    return float(sum(wrong))


def coverage(
    sure: NDArray[np.float64], right: NDArray[np.bool_], precise: float = PRECISE
) -> float:
    """Share of texts, surest first, that can be taken with at least `precise` of them right."""
    order = np.argsort(-sure, kind="stable")
    shares = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(shares >= precise)
    return float((enough[-1] + 1) / len(order)) if len(enough) else 0.0


def _engine(texts: Sequence[str], labels: Sequence[str]) -> Callable[[Sequence[str]], Answers]:
    """The labels are their own descriptions, as the names of topics are in a centre."""
    model = train(texts, labels, when="", described={label: label for label in set(labels)})

    def ask(new: Sequence[str]) -> Answers:
        found = model.suggest_many(new, TOP)
        return Answers(
            [[item.label for item in row] for row in found],
            [row[0].confidence if row else 0.0 for row in found],
        )

    return ask


def _baseline(texts: Sequence[str], labels: Sequence[str]) -> Callable[[Sequence[str]], Answers]:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_union
    from sklearn.svm import LinearSVC

    known = np.unique(labels)
    if len(known) == 1:
        return lambda new: Answers([known.tolist() for _ in new], [1.0 for _ in new])
    both = TfidfVectorizer(
        tokenizer=str.split, token_pattern=None, ngram_range=(1, 2), sublinear_tf=True
    )
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    features = make_union(both, pieces)
    machine = LinearSVC(C=1.0, class_weight="balanced", random_state=SEED)
    with warnings.catch_warnings():  # it distrusts rare labels and is not settled by all data
        warnings.simplefilter("ignore")
        machine.fit(features.fit_transform([_lemmas(text) for text in texts]), labels)

    def ask(new: Sequence[str]) -> Answers:
        scores = machine.decision_function(features.transform([_lemmas(text) for text in new]))
        if scores.ndim == 1:
            scores = np.stack([-scores, scores], axis=1)
        best = np.argsort(-scores, axis=1)[:, :TOP]
        return Answers(known[best].tolist(), softmax(scores).max(axis=1).tolist())

    return ask


def _lemmas(text: str) -> str:
    return " ".join(lemma(word) for word in words_of(text))
