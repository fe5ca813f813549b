"""The formula agrees with a slow count over single questions."""

import itertools
from fractions import Fraction
from math import isclose, log

from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.insight.ratings.formulas.mcu_2026 import rate
from otklik.insight.ratings.formulas.tally import Settings, Tally
from otklik.insight.ratings.formulas.wording import formula_text
from otklik.insight.ratings.vocabulary import PartName

QUESTION = st.fixed_dictionaries(
    {
        "body": st.integers(1, 4),
        "answered": st.booleans(),
        "overdue": st.booleans(),
        "used": st.integers(0, 100),
        "score": st.one_of(st.none(), st.integers(1, 5)),
        "returned": st.booleans(),
        "reopened": st.booleans(),
        "check": st.one_of(st.none(), st.integers(0, 4)),
    }
)
Question = dict[str, int | bool | None]


def tally(body: int, rows: list[Question]) -> Tally:
    mine = [row for row in rows if row["body"] == body]
    answered = [row for row in mine if row["answered"]]
    scored = [int(row["score"]) for row in answered if row["score"] is not None]
    checks = [int(row["check"]) for row in answered if row["check"] is not None]
    return Tally(
        subject_id=body,
        name=f"Отдел {body}",
        questions=len(mine),
        closing=sum(bool(row["answered"] or row["overdue"]) for row in mine),
        answered=len(answered),
        in_time=sum(not row["overdue"] for row in answered),
        timed=len(answered),
        term_used=sum(int(row["used"] or 0) for row in answered) / 100,
        scored=len(scored),
        score_sum=sum(scored),
        returned=sum(bool(row["returned"]) for row in answered),
        reopened=sum(bool(row["reopened"]) for row in answered),
        checked=len(checks),
        checklist=sum(checks) / 4,
    )


def slow_total(body: int, rows: list[Question], chosen: Settings) -> Fraction:
    """The printed formula, read word for word, over lists of single marks."""

    def marks(name: str, of: int | None) -> list[Fraction]:
        found = [row for row in rows if of is None or row["body"] == of]
        answered = [row for row in found if row["answered"]]
        closing = [row for row in found if row["answered"] or row["overdue"]]
        lists = {
            "in_time": [Fraction(bool(r["answered"] and not r["overdue"])) for r in closing],
            "saved": [1 - Fraction(int(r["used"] or 0), 100) for r in answered],
            "score": [Fraction(int(r["score"]) - 1, 4) for r in answered if r["score"]],
            "kept": [Fraction(not r["returned"]) for r in answered],
            "final": [Fraction(not r["reopened"]) for r in answered],
            "answered": [Fraction(bool(r["answered"])) for r in closing],
            "check": [Fraction(int(r["check"]), 4) for r in answered if r["check"] is not None],
        }
        return lists[name]

    def smooth(name: str) -> Fraction | None:
        everybody, own = marks(name, None), marks(name, body)
        if not everybody:
            return None
        mean = sum(everybody) / Fraction(len(everybody))
        return sum(own + [mean] * chosen.prior) / Fraction(len(own) + chosen.prior)

    def part(*pairs: tuple[str, int]) -> Fraction:
        known = [(smooth(name), weight) for name, weight in pairs]
        whole = sum(weight for share, weight in known if share is not None)
        if not whole:
            return Fraction(0)
        return (
            100
            * sum(
                (share * weight for share, weight in known if share is not None),
                Fraction(0),
            )
            / whole
        )

    counts = {b: sum(bool(r["answered"]) for r in rows if r["body"] == b) for b in range(1, 5)}
    most = max(counts.values())
    quantity = Fraction(100 * log(1 + counts[body]) / log(1 + most)) if most else Fraction(0)
    return (
        quantity * Fraction(10, 100)
        + part(("in_time", 70), ("saved", 30)) * Fraction(35, 100)
        + part(("score", 50), ("kept", 25), ("final", 25)) * Fraction(35, 100)
        + part(("answered", 70), ("check", 30)) * Fraction(20, 100)
    )


@settings(max_examples=60)
@given(st.lists(QUESTION, max_size=60), st.integers(1, 20))
def test_the_rating_agrees_with_a_slow_count(rows: list[Question], prior: int) -> None:
    chosen = Settings(prior=prior)
    rated = rate([tally(body, rows) for body in range(1, 5)], chosen)
    assert {row.subject_id for row in rated} == {1, 2, 3, 4}
    for row in rated:
        assert isclose(row.total, slow_total(row.subject_id, rows, chosen), abs_tol=1e-6)
        assert isclose(row.total, sum(part.contribution for part in row.parts))
        assert all(-1e-9 <= part.value <= 100 + 1e-9 for part in row.parts)
        assert (row.place is None) == (row.sample < chosen.minimum)


@given(st.lists(QUESTION, max_size=60))
def test_places_follow_totals(rows: list[Question]) -> None:
    placed = [row for row in rate([tally(b, rows) for b in range(1, 5)]) if row.place]
    totals = [round(row.total, 1) for row in placed]
    assert totals == sorted(totals, reverse=True)
    for before, after in itertools.pairwise(placed):
        same = round(before.total, 1) == round(after.total, 1)
        assert (before.place == after.place) == same


def test_one_lucky_answer_does_not_win() -> None:
    steady = Tally(
        subject_id=1, name="Отдел ЖКХ", questions=100, closing=100, answered=100, in_time=90,
        timed=100, term_used=50,
    )  # fmt: skip
    lucky = Tally(
        subject_id=2, name="Школа № 1", questions=1, closing=1, answered=1, in_time=1, timed=1,
    )  # fmt: skip
    rows = rate([lucky, steady])
    assert [row.subject_id for row in rows] == [1, 2]
    assert rows[1].place is None
    speed = next(part for part in rows[1].parts if part.name == PartName.SPEED)
    assert speed.value < 85


def test_every_part_says_how_it_arose() -> None:
    body = Tally(
        subject_id=1, name="Отдел", questions=50, closing=50, answered=50, in_time=45, timed=50,
        term_used=25,
    )  # fmt: skip
    speed = next(part for part in rate([body])[0].parts if part.name == PartName.SPEED)
    assert speed.text.replace("\u00a0", " ") == (
        "Скорость 78,0: в срок 90,0 % (45 из 50); сбережено срока 50,0 % (25 из 50)."
    )


def test_the_formula_names_its_weights_and_its_minimum() -> None:
    text = formula_text(Settings(quantity=1, speed=1, quality=1, completeness=1, minimum=7))
    assert "25\u00a0% × скорость" in text
    assert "меньше 7" in text


def test_nobody_to_rate() -> None:
    assert rate([]) == []
    assert rate([Tally(subject_id=1, name="Отдел")])[0].total == 0
