"""The second edition of 2026: seven parts, peers, a margin, weights by system.

No act publishes a formula, so this one is the product's own and is shown in full
(`wording_2026_2`). What it counts is what the ratings of regions name: terms and overdue,
quality of answers, satisfaction, share of fast tracks, and the quantity, speed, quality and
completeness of the regulations.

Peers are those of one group: places, the largest number of answers and the common share are
taken among them only. Shares of a small body are pulled towards the common share of its peers:
`prior` questions of the common share are added to its own. A body with fewer than `minimum`
closing questions gets no place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log, sqrt

from otklik.insight.ratings.formulas.tally import (
    Figure,
    Part,
    Rated,
    Settings,
    Tally,
    together,
)
from otklik.insight.ratings.formulas.wording import figure_text, part_text
from otklik.insight.ratings.vocabulary import PartName, RowSet, System

SLUG = "mcu_2026_2"
TITLE = "вторая редакция 2026 года"
SIGMAS = 1.64
"""The margin covers nine cases in ten."""

DEFAULTS: Mapping[System, Settings] = {
    System.WHOLE: Settings(
        quantity=0.10, speed=0.25, quality=0.20, completeness=0.20,
        satisfaction=0.15, repeated=0.05, fast_track=0.05,
    ),
    System.POS: Settings(
        quantity=0.05, speed=0.30, quality=0.10, completeness=0.15,
        satisfaction=0.20, repeated=0.05, fast_track=0.15,
    ),
    System.INCIDENT: Settings(
        quantity=0.10, speed=0.40, quality=0.30, completeness=0.20,
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Share:
    """What is measured inside a part.

    `of` gives count and number of a tally, `rows` and `hits` the questions behind them. A share
    with `needs_any` is measured only where somebody has at least one hit.
    """

    title: str
    weight: float
    of: Callable[[Tally], tuple[float, int]]
    rows: str
    hits: str = ""
    needs_any: bool = False

    def measured(self, common: Tally) -> bool:
        count, of = self.of(common)
        return bool(of) and (count > 0 or not self.needs_any)


@dataclass(frozen=True)
class Measured:
    """A share somebody of the peers is measured by: its part of the whole, the common share."""

    share: Share
    weight: float
    mean: float


SHARES: Mapping[PartName, Sequence[Share]] = {
    PartName.SPEED: [
        Share("в срок", 0.7, lambda t: (t.in_time, t.closing), RowSet.CLOSING, RowSet.IN_TIME),
        Share("сбережено срока", 0.3, lambda t: (t.timed - t.term_used, t.timed), RowSet.TIMED),
    ],
    PartName.QUALITY: [
        Share("без возврата проекта", 0.5, lambda t: (t.answered - t.returned, t.answered),
              RowSet.ANSWERED, RowSet.NOT_RETURNED),
        Share("без возобновления", 0.5, lambda t: (t.answered - t.reopened, t.answered),
              RowSet.ANSWERED, RowSet.NOT_REOPENED),
    ],
    PartName.COMPLETENESS: [
        Share("отвечено на вопросы", 0.7, lambda t: (t.answered, t.closing),
              RowSet.CLOSING, RowSet.ANSWERED),
        Share("проверки ответа пройдены", 0.3, lambda t: (t.checklist, t.checked), RowSet.CHECKED),
    ],
    PartName.SATISFACTION: [
        Share("оценка заявителей", 1.0, lambda t: ((t.score_sum - t.scored) / 4, t.scored),
              RowSet.SCORED),
    ],
    PartName.REPEATED: [
        Share("не повторные", 1.0, lambda t: (t.questions - t.repeated, t.questions),
              RowSet.ALL, RowSet.NOT_REPEATED),
    ],
    PartName.FAST_TRACK: [
        Share("ответ по ускоренному решению", 1.0, lambda t: (t.fast, t.answered),
              RowSet.ANSWERED, RowSet.FAST, needs_any=True),
    ],
}  # fmt: skip


def rate(tallies: Iterable[Tally], settings: Settings | None = None) -> list[Rated]:
    """Subjects with their totals, group by group, best first, small samples last by name.

    Equal totals (to a tenth) share a place. Groups come in the order of their names.
    """
    chosen = settings or DEFAULTS[System.WHOLE]
    groups: dict[str, list[Tally]] = defaultdict(list)
    for tally in tallies:
        groups[tally.group].append(tally)
    return [row for name in sorted(groups) for row in _group(groups[name], chosen)]


def _group(peers: Sequence[Tally], settings: Settings) -> list[Rated]:
    common = together(peers)
    most = max(one.answered for one in peers)
    weights = _weights(common, settings)
    known = {name: _measured(shares, common) for name, shares in SHARES.items()}
    rated = [_rated(one, most, weights, known, settings.prior) for one in peers]
    ranked = sorted(
        (row for row in rated if row.sample >= max(1, settings.minimum)),
        key=lambda row: (-round(row.total, 1), row.name, row.subject_id),
    )
    placed = _placed(ranked)
    standing = {row.subject_id for row in placed}
    small = (row for row in rated if row.subject_id not in standing)
    return [*placed, *sorted(small, key=lambda row: (row.name, row.subject_id))]


def _placed(ranked: Sequence[Rated]) -> list[Rated]:
    placed: list[Rated] = []
    for number, row in enumerate(ranked, start=1):
        same = placed and round(placed[-1].total, 1) == round(row.total, 1)
        placed.append(replace(row, place=placed[-1].place if same else number))
    return placed


def _weights(common: Tally, settings: Settings) -> dict[PartName, float]:
    """Weights that add up to 1; a part nobody of the peers is measured by gives its own away."""
    given = {
        part: weight
        for part, weight in settings.weights.items()
        if part == PartName.QUANTITY or any(share.measured(common) for share in SHARES[part])
    }
    whole = sum(given.values())
    return {part: given.get(part, 0.0) / whole if whole else 0.0 for part in PartName}


def _measured(shares: Sequence[Share], common: Tally) -> list[Measured]:
    known = [(share, *share.of(common)) for share in shares if share.measured(common)]
    whole = sum(share.weight for share, _, _ in known)
    return [Measured(share, share.weight / whole, count / of) for share, count, of in known]


def _rated(
    one: Tally,
    most: int,
    weights: Mapping[PartName, float],
    known: Mapping[PartName, Sequence[Measured]],
    prior: int,
) -> Rated:
    parts = [_quantity(one, most, weights[PartName.QUANTITY])]
    variance = 0.0
    for name, shares in known.items():
        part, spread = _part(name, one, shares, weights[name], prior)
        parts.append(part)
        variance += spread
    return Rated(
        subject_id=one.subject_id,
        name=one.name,
        group=one.group,
        sample=one.closing,
        total=sum(part.contribution for part in parts),
        parts=parts,
        margin=SIGMAS * sqrt(variance),
    )


def _quantity(one: Tally, most: int, weight: float) -> Part:
    """Logarithm: ten times more work is one step up, so large bodies do not win by size alone."""
    value = 100 * log(1 + one.answered) / log(1 + most) if most else 0.0
    figure = Figure(
        title="дано ответов", value=value, count=one.answered, of=most,
        rows=RowSet.ANSWERED, hits=RowSet.ANSWERED,
    )  # fmt: skip
    told = f"{figure.title} {one.answered}, наибольшее среди равных {most}"
    return Part(
        name=PartName.QUANTITY,
        value=value,
        weight=weight,
        figures=[figure],
        text=part_text(PartName.QUANTITY, value, [told]),
    )


def _part(
    name: PartName, one: Tally, known: Sequence[Measured], weight: float, prior: int
) -> tuple[Part, float]:
    """The weighted mean of what is measured, and what it adds to the variance of the total.

    One hit and one miss are added for the variance, so that five perfect cases are not certain.
    """
    figures = [_figure(measured, one, prior) for measured in known]
    value = spread = 0.0
    for measured, figure in zip(known, figures, strict=True):
        value += measured.weight * figure.value
        mean = (figure.value / 100 * figure.of + 1) / (figure.of + 2)
        spread += (weight * measured.weight * 100) ** 2 * mean * (1 - mean) / (figure.of + 2)
    text = part_text(name, value, [figure_text(figure) for figure in figures])
    return Part(name=name, value=value, weight=weight, figures=figures, text=text), spread


def _figure(measured: Measured, one: Tally, prior: int) -> Figure:
    """The share with `prior` questions of the common share of the peers added."""
    share, mean = measured.share, measured.mean
    count, of = share.of(one)
    value = (count + prior * mean) / (of + prior) if of + prior else mean
    return Figure(
        title=share.title,
        value=100 * min(1.0, max(0.0, value)),
        count=count,
        of=of,
        rows=share.rows,
        hits=share.hits,
    )
