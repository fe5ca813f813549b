"""The engine is measured beside a baseline; the figures are what their names say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.language.classifier.evaluation import calibration_error, coverage, evaluate
from otklik.language.tests.test_classifier import LABELS, TEXTS

FIGURES = {"accuracy", "macro_f1", "top3", "ece", "coverage_at_90", "train_s", "per_s"}


def test_both_are_asked_about_texts_they_have_not_seen() -> None:
    found = evaluate(TEXTS, LABELS, folds=4)
    assert (found["texts"], found["classes"], found["folds"]) == (len(TEXTS), 4, 4)
    for side in ("engine", "baseline"):
        assert set(found[side]) == FIGURES
        assert 0.8 < found[side]["accuracy"] <= found[side]["top3"] <= 1
        assert found[side]["per_s"] > 0


def test_labels_without_texts_teach_nothing_and_random_labels_are_not_learned() -> None:
    random = np.random.default_rng(3).choice(["1", "2", "3", "4", "5"], len(TEXTS)).tolist()
    found = evaluate(TEXTS, random)
    assert found["engine"]["accuracy"] < 0.45
    assert found["engine"]["ece"] < 0.25


@pytest.mark.parametrize(
    ("texts", "labels"),
    [
        (["Яма на дороге", "Нет воды"], ["1", "2"]),
        (["Яма на дороге", "Нет воды", "Темно"], ["1", "1", "1"]),
        (["Яма на дороге", "", "Нет воды", "Темно", "Мусор"], ["1", "2", "", " ", "4"]),
        (TEXTS[:40], [str(i) for i in range(40)]),
        ([*TEXTS[:30], "😡😡", "!!!", "\x00"], [*LABELS[:30], "х", "х", "х"]),
    ],
    ids=["two rows", "one class", "empty cells", "all single", "no words"],
)
def test_files_of_any_kind_are_measured(texts: list[str], labels: list[str]) -> None:
    found = evaluate(texts, labels, folds=5)
    for side in ("engine", "baseline"):
        assert 0 <= found[side]["accuracy"] <= 1
        assert 0 <= found[side]["ece"] <= 1


def test_nothing_to_measure_is_an_error() -> None:
    with pytest.raises(ValueError, match="fewer than two"):
        evaluate(["Яма", ""], ["1", "2"])


def test_confidence_that_tells_the_truth_has_no_error() -> None:
    sure = np.array([0.8] * 10 + [0.2] * 10)
    right = np.array([True] * 8 + [False] * 2 + [True] * 2 + [False] * 8)
    assert calibration_error(sure, right) == pytest.approx(0)
    assert calibration_error(np.ones(4), np.array([True, False, False, False])) == 0.75


def test_coverage_takes_the_surest_while_they_are_right() -> None:
    sure = np.array([0.9, 0.8, 0.7, 0.6, 0.5])
    assert coverage(sure, np.array([True, True, True, False, False])) == 0.6
    assert coverage(sure, np.array([False, False, False, False, True])) == 0
    assert coverage(sure, np.ones(5, bool)) == 1


@settings(max_examples=30)
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60))
def test_shares_stay_shares(pairs: list[tuple[float, bool]]) -> None:
    sure = np.array([s for s, _ in pairs])
    right = np.array([r for _, r in pairs])
    assert 0 <= calibration_error(sure, right) <= 1
    assert 0 <= coverage(sure, right) <= 1
