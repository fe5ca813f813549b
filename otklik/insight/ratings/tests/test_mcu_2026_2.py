"""The second edition of 2026 does what its text says: a slow reading, and corner cases."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from math import isclose, log
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.insight.ratings.formulas import EDITIONS, IN_FORCE
from otklik.insight.ratings.formulas.mcu_2026_2 import DEFAULTS, rate
from otklik.insight.ratings.formulas.tally import Settings, Tally
from otklik.insight.ratings.formulas.wording_2026_2 import formula_text
from otklik.insight.ratings.rules.marks import (
    ANSWERED,
    CHECKED,
    CLOSING,
    FAST,
    IN_TIME,
    REOPENED,
    REPEATED,
    RETURNED,
    SCORE,
    SCORED,
    TIMED,
    Counted,
    packed,
    tally_of,
    unpacked,
)
from otklik.insight.ratings.vocabulary import Confidence, PartName, RowSet, System

Q = dict[str, Any]
QUESTION = st.fixed_dictionaries(
    {
        "body": st.integers(1, 4),
        "answered": st.booleans(),
        "late": st.booleans(),
        "used": st.integers(0, 100),
        "score": st.one_of(st.none(), st.integers(1, 5)),
        "returned": st.booleans(),
        "reopened": st.booleans(),
        "check": st.one_of(st.none(), st.integers(0, 4)),
        "repeated": st.booleans(),
        "fast": st.booleans(),
    }
)
GROUPS = {1: "Отделы", 2: "Отделы", 3: "Учреждения", 4: "Учреждения"}


def counted(number: int, row: Q) -> Counted:
    answered, late = row["answered"], row["late"]
    mark = CLOSING * (answered or late) + REPEATED * row["repeated"]
    if answered:
        mark += ANSWERED + TIMED + IN_TIME * (not late) + RETURNED * row["returned"]
        mark += REOPENED * row["reopened"] + FAST * row["fast"]
        mark += CHECKED * (row["check"] is not None) + SCORED * (row["score"] is not None)
        mark += SCORE * (row["score"] or 0)
    passed = None if row["check"] is None else row["check"] / 4
    return Counted(number, number, mark, row["used"] / 100 if answered else None, passed)


def tallies(rows: list[Q]) -> list[Tally]:
    found = defaultdict(list)
    for number, row in enumerate(rows):
        found[row["body"]].append(counted(number, row))
    return [
        tally_of(found[body], subject_id=body, name=f"Отдел {body}", group=GROUPS[body])
        for body in sorted(found)
    ]


MADE = {
    PartName.SPEED: (("in_time", 7), ("saved", 3)),
    PartName.QUALITY: (("kept", 1), ("final", 1)),
    PartName.COMPLETENESS: (("answered", 7), ("check", 3)),
    PartName.SATISFACTION: (("score", 1),),
    PartName.REPEATED: (("new", 1),),
    PartName.FAST_TRACK: (("fast", 1),),
}


def slow_total(body: int, rows: list[Q], chosen: Settings) -> Fraction | float:
    """The printed text read word for word, over lists of single marks of the peers."""
    peers = [row for row in rows if GROUPS[row["body"]] == GROUPS[body]]

    def marks(name: str, found: list[Q]) -> list[Fraction]:
        answered = [row for row in found if row["answered"]]
        closing = [row for row in found if row["answered"] or row["late"]]
        return {
            "in_time": [Fraction(r["answered"] and not r["late"]) for r in closing],
            "saved": [1 - Fraction(r["used"], 100) for r in answered],
            "kept": [Fraction(not r["returned"]) for r in answered],
            "final": [Fraction(not r["reopened"]) for r in answered],
            "answered": [Fraction(r["answered"]) for r in closing],
            "check": [Fraction(r["check"], 4) for r in answered if r["check"] is not None],
            "score": [Fraction(r["score"] - 1, 4) for r in answered if r["score"]],
            "new": [Fraction(not r["repeated"]) for r in found],
            "fast": [Fraction(r["fast"]) for r in answered],
        }[name]

    def smooth(name: str) -> Fraction | None:
        everybody = marks(name, peers)
        own = marks(name, [row for row in peers if row["body"] == body])
        if not everybody or (name == "fast" and not sum(everybody)):
            return None
        mean = sum(everybody) / Fraction(len(everybody))
        return sum(own + [mean] * chosen.prior) / Fraction(len(own) + chosen.prior)

    answers: dict[int, int] = defaultdict(int)
    for row in peers:
        answers[row["body"]] += row["answered"]
    most = max(answers.values())
    parts: dict[PartName, Any] = {
        PartName.QUANTITY: 100 * log(1 + answers[body]) / log(1 + most) if most else 0
    }
    for part, shares in MADE.items():
        known = [(smooth(name), weight) for name, weight in shares]
        told = [(share, weight) for share, weight in known if share is not None]
        if told:
            whole = sum(weight for _, weight in told)
            parts[part] = 100 * sum((s * w for s, w in told), Fraction(0)) / whole
    weights = {part: chosen.weights[part] for part in parts}
    total = sum(weights.values())
    return sum(float(parts[part]) * weights[part] for part in parts) / total if total else 0


@settings(max_examples=80)
@given(st.lists(QUESTION, max_size=60), st.integers(1, 20), st.sampled_from(list(System)))
def test_the_rating_agrees_with_a_slow_reading(rows: list[Q], prior: int, system: System) -> None:
    chosen = Settings(**{**vars(DEFAULTS[system]), "prior": prior})
    rated = rate(tallies(rows), chosen)
    assert {row.subject_id for row in rated} == {row["body"] for row in rows}
    for row in rated:
        assert isclose(row.total, slow_total(row.subject_id, rows, chosen), abs_tol=1e-6)
        assert isclose(row.total, sum(part.contribution for part in row.parts))
        assert all(-1e-9 <= part.value <= 100 + 1e-9 for part in row.parts)
        assert (row.place is None) == (row.sample < chosen.minimum)
        assert [part.name for part in row.parts] == list(PartName)


@given(st.lists(QUESTION, max_size=60))
def test_places_are_told_within_peers(rows: list[Q]) -> None:
    rated = rate(tallies(rows), Settings(minimum=1))
    for group in set(GROUPS.values()):
        placed = [row for row in rated if row.group == group and row.place]
        totals = [round(row.total, 1) for row in placed]
        assert totals == sorted(totals, reverse=True)
        if placed:
            assert placed[0].place == 1
            assert all((row.place or 0) <= len(placed) for row in placed)


@given(st.lists(QUESTION, max_size=30))
def test_columns_of_a_snapshot_lose_nothing(rows: list[Q]) -> None:
    found = [counted(number, row) for number, row in enumerate(rows)]
    assert unpacked(packed(found)) == found
    sets = {
        rows_name: sum(one.stands_in(rows_name) for one in found) for rows_name in RowSet.values
    }
    assert sets[RowSet.CLOSING] == sets[RowSet.IN_TIME] + sets[RowSet.LATE]
    assert sets[RowSet.CLOSING] == sets[RowSet.ANSWERED] + sets[RowSet.UNANSWERED]
    assert sets[RowSet.ANSWERED] == sets[RowSet.RETURNED] + sets[RowSet.NOT_RETURNED]
    assert sets[RowSet.ANSWERED] == sets[RowSet.REOPENED] + sets[RowSet.NOT_REOPENED]
    assert sets[RowSet.ALL] == len(rows) == sets[RowSet.REPEATED] + sets[RowSet.NOT_REPEATED]


def good(number: int, **more: Any) -> Tally:
    """Everything in time and kept, by as many questions."""
    known = dict.fromkeys(("questions", "closing", "answered", "in_time", "timed"), number)
    return Tally(**{**known, "term_used": number * 0.3, "name": "", "subject_id": 0, **more})


@pytest.mark.clause("pereslavl:3.2.2")
def test_one_case_and_five_hundred() -> None:
    """As the text says: no place for one case, its shares stand by the peers', and words say so."""
    large = Tally(
        subject_id=1, name="Управление", questions=500, closing=500, answered=470, in_time=400,
        timed=470, term_used=260, returned=40, reopened=20,
    )  # fmt: skip
    small = good(1, subject_id=2, name="Школа № 1", term_used=0)
    chosen = Settings(**{**vars(DEFAULTS[System.WHOLE]), "minimum": 5, "prior": 10})
    one, other = rate([small, large], chosen)
    assert (one.subject_id, one.place) == (1, 1)
    assert (other.subject_id, other.place, other.confidence) == (2, None, Confidence.NONE)
    in_time = other.parts[1].figures[0]
    common = 401 / 501
    assert isclose(in_time.value, 100 * (1 + 10 * common) / 11)
    assert (in_time.count, in_time.of) == (1, 1)
    assert abs(one.parts[1].figures[0].value - 80) < 0.1
    assert other.margin is not None
    assert one.margin is not None
    assert other.margin > 3 * one.margin
    assert one.confidence == Confidence.HIGH
    text = formula_text(chosen).replace("\u00a0", " ")
    assert "добавлено 10 условных вопросов" in text
    assert "если вопросов меньше 5" in text


def test_a_perfect_handful_does_not_overtake_a_large_good_body() -> None:
    large = good(500, subject_id=1, name="Управление", in_time=480)
    lucky = good(5, subject_id=2, name="Клуб", term_used=0)
    rows = rate([lucky, large], Settings(minimum=5))
    assert [(row.subject_id, row.place) for row in rows] == [(1, 1), (2, 2)]
    assert rows[1].confidence in (Confidence.LOW, Confidence.MIDDLE)


def test_what_nobody_is_measured_by_gives_its_weight_away() -> None:
    row = rate([good(20, subject_id=1, name="Отдел")])[0]
    weights = {part.name: part.weight for part in row.parts}
    assert weights[PartName.SATISFACTION] == weights[PartName.FAST_TRACK] == 0
    assert isclose(sum(weights.values()), 1)
    assert weights[PartName.SPEED] > DEFAULTS[System.WHOLE].weight(PartName.SPEED)


def test_peers_do_not_touch_one_another() -> None:
    alone = rate([good(20, subject_id=1, name="Отдел", group="Отделы")])
    beside = rate(
        [
            good(20, subject_id=1, name="Отдел", group="Отделы"),
            good(900, subject_id=2, name="Школа", group="Школы", in_time=10, repeated=800),
        ]
    )
    assert alone[0] == beside[0]
    assert [row.place for row in beside] == [1, 1]


def test_nobody_and_nothing() -> None:
    assert rate([]) == []
    assert rate([Tally(subject_id=1, name="Отдел")])[0].total == 0


def test_editions_stay_what_they_were() -> None:
    """A snapshot is read by its edition for ever: these totals must never move."""
    pair = [
        Tally(subject_id=1, name="А", questions=60, closing=50, answered=45, in_time=40, timed=45,
              term_used=20, scored=10, score_sum=41, returned=5, reopened=2, checked=40,
              checklist=36.5, repeated=6, fast=9),
        Tally(subject_id=2, name="Б", questions=12, closing=9, answered=8, in_time=8, timed=8,
              term_used=2, scored=3, score_sum=15, returned=0, reopened=1, checked=8,
              checklist=7.25, repeated=1),
    ]  # fmt: skip
    told = {
        slug: [round(row.total, 6) for row in edition.rate(pair, edition.defaults[System.WHOLE])]
        for slug, edition in EDITIONS.items()
    }
    assert told == {"mcu_2026": GOLD_1, "mcu_2026_2": GOLD_2}
    assert IN_FORCE.slug == "mcu_2026_2"


GOLD_1 = [83.777581, 82.87623]
GOLD_2 = [82.257826, 80.138734]


def test_the_text_names_weights_by_system() -> None:
    pos = formula_text(DEFAULTS[System.POS]).replace("\u00a0", " ")
    assert pos.startswith("Итог = 5 % × количество + 30 % × скорость")
    assert "15 % × фаст-трек" in pos
    incident = formula_text(DEFAULTS[System.INCIDENT])
    assert "фаст-трек" not in incident.lower()
