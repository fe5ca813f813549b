"""The arithmetic of severity."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.base.errors import Refused
from otklik.insight.assessments.rules import CRITERIA, DEFAULT, Problem, rank, weights_from

COUNTS = st.integers(0, 300)


@st.composite
def problems(draw: st.DrawFn) -> list[Problem]:
    found = []
    for topic in range(draw(st.integers(0, 8))):
        received = draw(COUNTS)
        found.append(
            Problem(
                topic=topic,
                received=received,
                before=draw(COUNTS),
                overdue=draw(st.integers(0, received)),
                repeated=draw(st.integers(0, received)),
                scored=(scored := draw(st.integers(0, received))),
                low=draw(st.integers(0, scored)),
                places=draw(st.integers(0, 20)),
            )
        )
    return found


WEIGHTS = st.fixed_dictionaries({one.slug: st.integers(0, 100) for one in CRITERIA}).filter(
    lambda weights: sum(weights.values()) > 0
)


@given(problems(), WEIGHTS)
def test_severity_is_the_sum_of_its_parts_within_0_and_100(
    given_: list[Problem], weights: dict[str, int]
) -> None:
    ranked = rank(given_, weights)
    assert {one.problem.topic for one in ranked} == {p.topic for p in given_ if p.received >= 5}
    for one in ranked:
        assert 0 <= one.severity <= 100 + 1e-6
        assert one.severity == pytest.approx(sum(one.parts.values()))
    shown = [round(one.severity, 1) for one in ranked]
    assert shown == sorted(shown, reverse=True)


@given(problems(), WEIGHTS, st.integers(2, 5))
def test_only_the_proportion_of_weights_matters(
    given_: list[Problem], weights: dict[str, int], times: int
) -> None:
    larger = {slug: weight * times for slug, weight in weights.items()}
    assert [one.severity for one in rank(given_, weights)] == pytest.approx(
        [one.severity for one in rank(given_, larger)]
    )


def test_a_worse_problem_is_heavier_by_every_criterion() -> None:
    calm = Problem(topic=1, received=20, before=20, scored=10, places=1)
    for worse in (
        Problem(topic=2, received=40, before=40, scored=10, places=1),
        Problem(topic=2, received=20, before=10, scored=10, places=1),
        Problem(topic=2, received=20, before=20, overdue=5, scored=10, places=1),
        Problem(topic=2, received=20, before=20, repeated=5, scored=10, places=1),
        Problem(topic=2, received=20, before=20, scored=10, low=5, places=1),
        Problem(topic=2, received=20, before=20, scored=10, places=3),
    ):
        assert [one.problem.topic for one in rank([calm, worse], DEFAULT)] == [2, 1]


def test_unfit_weights_are_refused_in_words() -> None:
    assert weights_from({"growth": "50"}) == {**DEFAULT, "growth": 50}
    for given_ in ({"growth": "101"}, {"growth": "-1"}, {"number": "много"}):
        with pytest.raises(Refused, match="Вес"):
            weights_from(given_)
    with pytest.raises(Refused, match="нулю"):
        weights_from(dict.fromkeys(DEFAULT, 0))
