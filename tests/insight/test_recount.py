"""Every number of a cut, of the note, of a rating equals a slow count over the raw tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta

import pytest

from otklik.base import clock
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.casework.replies.vocabulary import ReturnReason
from otklik.directory.organisation.rules import Access
from otklik.insight.cuts.queries import cut
from otklik.insight.cuts.rules import Cell, Cut, Request
from otklik.insight.cuts.vocabulary import Counted, Dimension, Measure
from otklik.insight.facts.actions import pack_months, rebuild
from otklik.insight.facts.models import QuestionFact
from otklik.insight.facts.tests.world import run_jobs
from otklik.insight.ratings.queries import Rating, rating
from otklik.insight.ratings.vocabulary import Subject
from otklik.insight.reports.queries import weekly_note
from otklik.insight.reports.rules import Counts
from tests.insight import slow_cut, slow_note, slow_rating
from tests.insight.random_town import NOW, RandomTown, found_random_town
from tests.insight.raw import Books, Right, Row, read, visible

pytestmark = pytest.mark.django_db

SEEDS = (3, 59, 2026)
READERS = 5
CUTS = 10
CASES = 45


@dataclass
class Read:
    """One reader of a random town: what he may count, to the rooms and by the raw tables."""

    access: Access
    rows: list[Row]
    books: Books
    rights: Sequence[Right]

    def rates(self, row: Row, channel: str) -> bool:
        """Whether he sees the body's cases whole, in this channel or (of all) in some."""
        held = [one for one in self.rights if not (channel and one.channels)]
        held += [one for one in self.rights if channel in one.channels]
        if any(one.scope == "municipality" for one in held):
            return True
        return any(row.body in one.bodies(self.books) for one in held)

    @property
    def cases(self) -> set[int]:
        return {row.appeal for row in self.rows}


@pytest.mark.parametrize("seed", SEEDS)
def test_every_number_equals_a_slow_count(seed: int) -> None:
    """One town a seed: to live through its cases costs more than all the counting.

    Odd ones are counted over packed months, even ones over rows that just changed.
    """
    town = found_random_town(seed)
    town.live(CASES)
    with clock.frozen(NOW):
        run_jobs("facts.refresh")
        if seed % 2:
            pack_months()
    judge_facts(town)
    judge_cuts(town)
    for days in (7, 31):
        judge_note(town, days)
    for subject in SUBJECTS:
        for channel in ("", "pos"):
            judge_rating(town, subject, channel)


def readers(town: RandomTown) -> list[Read]:
    books = read(town.town.pk)
    whole = Right("municipality", None, None, ())
    found = [Read(town.access, books.rows, books, [whole])]
    for _ in range(READERS):
        access, rights, account = town.someone()
        found.append(Read(access, visible(books, rights, account), books, rights))
    return found


def judge_facts(town: RandomTown) -> None:
    """What jobs have kept is what a rebuild makes."""
    kept = list(QuestionFact.objects.order_by("pk").values())
    assert kept
    with clock.frozen(NOW):
        rebuild(municipality_id=town.town.pk)
    assert list(QuestionFact.objects.order_by("pk").values()) == kept


def judge_cuts(town: RandomTown) -> None:
    """Ten random cuts of every reader."""
    dice = town.dice
    for reader in readers(town):
        for _ in range(CUTS):
            sides = [Dimension(one) for one in dice.sample(list(slow_cut.KEYS), 2)]
            if dice.random() < 0.3:
                sides = sides[:1]
            since = NOW.date() - timedelta(days=dice.randrange(5, 100))
            until = since + timedelta(days=dice.randrange(1, 60))
            channel = dice.choice(["", "", "pos", "paper"])
            wanted = AppealFilter(since=since, until=until, channel=channel)
            questions = dice.random() < 0.5
            request = Request(
                rows=sides[0],
                columns=sides[1] if len(sides) > 1 else None,
                filter=wanted,
                counted=Counted.QUESTIONS if questions else Counted.APPEALS,
            )
            made = cut(reader.access, request, now=NOW)
            rows = slow_cut.counted(reader.rows, questions=questions)
            rows = [row for row in rows if not channel or row.channel == channel]
            _same_cut(made, slow_cut.during(rows, since, until), sides)
            if made.before is not None:
                earlier = slow_cut.during(rows, *slow_cut.preceding(since, until))
                before = {str(one): made.before.value(one) for one in Measure}
                assert before == pytest.approx(slow_cut.values(earlier, NOW))


def _same_cut(made: Cut, rows: list[Row], sides: list[Dimension]) -> None:
    told = (made.request, [str(side) for side in sides])
    assert _values(made.total) == pytest.approx(slow_cut.values(rows, NOW)), told
    heads = slow_cut.groups(rows, [sides[0]], NOW)
    shown: dict[tuple[slow_cut.Key, ...], dict[str, float | None]] = {
        (one.key,): _values(one.total) for one in made.rows if one.total.tally.received
    }
    assert shown.keys() == heads.keys(), told
    for key, value in heads.items():
        assert shown[key] == pytest.approx(value), (told, key)
    if len(sides) > 1:
        cells = slow_cut.groups(rows, sides, NOW)
        assert made.cells.keys() == cells.keys(), told
        for key, value in cells.items():
            assert _values(made.cells[key]) == pytest.approx(value), (told, key)  # type: ignore[index]


def _values(cell: Cell) -> dict[str, float | None]:
    return {str(one): cell.value(one) for one in Measure}


def judge_note(town: RandomTown, days: int) -> None:
    until = NOW.date() - timedelta(days=town.dice.randrange(1, 40))
    since = until - timedelta(days=days - 1)
    labels = dict(ReturnReason.choices)
    for reader in readers(town):
        note = weekly_note(reader.access, since=since, until=until, now=NOW)
        rows = [row for row in reader.rows if row.first]
        now, before = (since, until), (note.before_since, note.before_until)
        zone = reader.books.zone
        soon = datetime.combine(note.due_until + timedelta(days=1), time.min, tzinfo=zone)
        assert _counts(note.total) == slow_note.counts(rows, now, before, note.at, soon)
        law = [row for row in rows if row.regime == "law59"]
        assert _counts(note.law59) == slow_note.counts(law, now, before, note.at, soon)
        for lines, side in (
            (note.channels, "channel"),
            (note.topics, "topic"),
            (note.bodies, "body"),
            (note.places, "settlement"),
        ):
            expected = defaultdict(list)
            for row in rows:
                expected[getattr(row, side)].append(row)
            told = {
                key: slow_note.counts(mine, now, before, note.at, soon)
                for key, mine in expected.items()
            }
            assert {one.key: _counts(one.counts) for one in lines if _counts(one.counts)} == {
                key: counts for key, counts in told.items() if counts
            }, side
        by_day = slow_cut.by_day(rows)
        every = [since + timedelta(days=n) for n in range(days)]
        assert list(note.days) == [(day, by_day[day]) for day in every]
        assert asdict(note.scores) == slow_note.scores(reader.books, reader.cases, now, before)
        count, reasons = slow_note.returns(reader.books, reader.cases, now)
        assert (note.returns.count, dict(note.returns.reasons)) == (
            count,
            {str(labels[code]): number for code, number in reasons.items()},
        )
        assert note.returns.before == slow_note.returns(reader.books, reader.cases, before)[0]


def _counts(counts: Counts) -> dict[str, int]:
    return {name: count for name, count in asdict(counts).items() if count}


SUBJECTS: Mapping[Subject, Callable[[Row], Sequence[int | None]]] = {
    Subject.BODY: lambda row: [row.body],
    Subject.BLOCK: lambda row: row.blocks,
    Subject.SETTLEMENT: lambda row: [row.settlement],
}


def judge_rating(town: RandomTown, subject: Subject, channel: str) -> None:
    since, until = NOW.date() - timedelta(days=90), NOW.date()
    wanted = AppealFilter(since=since, until=until, channel=channel)
    for reader in readers(town):
        made = rating(reader.access, wanted, now=NOW, subject=subject)
        subjects: dict[int, list[Row]] = defaultdict(list)
        for row in reader.rows:
            fits = since <= row.received <= until and row.channel == (channel or row.channel)
            if fits and reader.rates(row, channel):
                for key in SUBJECTS[subject](row):
                    if key is not None:
                        subjects[key].append(row)
        assert {row.subject_id for row in made.rows} == set(subjects)
        if not subjects:
            continue
        weights = {str(part): weight for part, weight in made.settings.weights.items()}
        slow = slow_rating.rate(subjects, weights, made.settings.prior, NOW)
        for rated in made.rows:
            mine = slow[rated.subject_id]
            assert rated.sample == mine.sample
            assert rated.total == pytest.approx(mine.total)
            assert rated.margin == pytest.approx(mine.margin)
            assert {str(p.name): p.value for p in rated.parts} == pytest.approx(dict(mine.parts))
        _places(made)


def _places(made: Rating) -> None:
    """Best first; totals equal to a tenth share a place; small samples have none."""
    least = max(1, made.settings.minimum)
    placed = [row for row in made.rows if row.place is not None]
    assert {row.subject_id for row in placed} == {
        row.subject_id for row in made.rows if row.sample >= least
    }
    assert list(made.rows[: len(placed)]) == placed
    for row in placed:
        better = [one for one in placed if round(one.total, 1) > round(row.total, 1)]
        assert row.place == len(better) + 1
