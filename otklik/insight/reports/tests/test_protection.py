"""Small numbers of a public paper cannot be told, nor found by subtraction; when papers are due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from otklik.base.rhythm import Rhythm, Step
from otklik.insight.reports.rules.plan import Plan, rhythm_words
from otklik.insight.reports.rules.protection import FEWEST, HIDDEN, shown

COUNTS = st.lists(st.integers(0, 60), min_size=1, max_size=12)
MOMENTS = st.integers(0, 3 * 365 * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
RHYTHMS = st.one_of(
    st.builds(Rhythm, step=st.just(Step.DAY), hour=st.integers(0, 23)),
    st.builds(Rhythm, step=st.just(Step.WEEK), day=st.integers(0, 6), hour=st.integers(0, 23)),
    st.builds(
        Rhythm,
        step=st.sampled_from([Step.MONTH, Step.QUARTER]),
        day=st.integers(1, 28),
        hour=st.integers(0, 23),
    ),
)


@given(COUNTS)
def test_no_small_number_is_told_or_left_alone(counts: list[int]) -> None:
    words = shown(counts)
    assert len(words) == len(counts)
    hidden = [count for count, word in zip(counts, words, strict=True) if not word[0].isdecimal()]
    for count, word in zip(counts, words, strict=True):
        if 0 < count < FEWEST:
            assert word == f"менее {FEWEST}"
        else:
            assert word in (HIDDEN, str(count))
    others = [count for count in counts if count >= FEWEST]
    if hidden and others:
        assert sum(hidden) >= FEWEST, "the sum of what is hidden tells no small number"


@given(RHYTHMS, MOMENTS)
def test_the_next_paper_is_the_first_after_now(rhythm: Rhythm, now: datetime) -> None:
    plan = Plan(rhythm=rhythm)
    ahead = plan.next(now)
    assert ahead > now
    assert rhythm.last_due(ahead) == ahead
    assert rhythm.last_due(ahead - timedelta(seconds=1)) == rhythm.last_due(now)
    assert plan.due_on(plan.last(now)[1]) > plan.last(now)[1]


def test_schedules_are_told_in_words() -> None:
    said = [
        rhythm_words(Rhythm(step=Step.DAY, hour=7)),
        rhythm_words(Rhythm(step=Step.WEEK, day=0, hour=7)),
        rhythm_words(Rhythm(step=Step.MONTH, day=3, hour=8)),
        rhythm_words(Rhythm(step=Step.QUARTER, day=5, hour=7)),
    ]
    assert [words.replace("\u00a0", " ") for words in said] == [
        "каждый день в 7:00",
        "по понедельникам в 7:00",
        "каждый месяц, 3-го числа в 8:00",
        "каждый квартал, 5-го числа первого месяца в 7:00",
    ]
