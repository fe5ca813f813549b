"""The rating by quantity, speed, quality and completeness, edition of 2026.

No act publishes a formula, so this one is the product's own and is shown in
full (`TEXT`). Shares of a small body are pulled towards the share of all bodies
together: `prior` questions of the common share are added to its own. A body
with fewer than `minimum` closing questions gets no place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import log

from otklik.insight.ratings.formulas.tally import Figure, Part, Rated, Settings, Tally, together
from otklik.insight.ratings.formulas.wording import figure_text, part_text
from otklik.insight.ratings.vocabulary import PartName

SLUG = "mcu_2026"


@dataclass(frozen=True)
class Share:
    """What is measured inside a part: count and number of a tally, and the rows behind them."""

    title: str
    weight: float
    of: Callable[[Tally], tuple[float, int]]
    rows: str


def rate(tallies: Iterable[Tally], settings: Settings | None = None) -> list[Rated]:
    """Bodies with their totals, best first; those with a small sample come last, by name.

    Equal totals (to a tenth) share a place.
    """
    chosen = settings or Settings()
    bodies = list(tallies)
    common = _together(bodies)
    most = max((body.answered for body in bodies), default=0)
    rated = [_rated(body, common, most, chosen) for body in bodies]
    ranked = sorted(
        (row for row in rated if row.sample >= chosen.minimum),
        key=lambda row: (-round(row.total, 1), row.name, row.subject_id),
    )
    small = sorted(
        (row for row in rated if row.sample < chosen.minimum),
        key=lambda row: (row.name, row.subject_id),
    )
    return [*_placed(ranked), *small]


def _placed(ranked: Sequence[Rated]) -> list[Rated]:
    placed: list[Rated] = []
    for number, row in enumerate(ranked, start=1):
        same = placed and round(placed[-1].total, 1) == round(row.total, 1)
        placed.append(replace(row, place=placed[-1].place if same else number))
    return placed


def _rated(body: Tally, common: Tally, most: int, settings: Settings) -> Rated:
    parts = [
        _quantity(body, most, settings),
        *(_part(name, body, common, settings) for name in _SHARES),
    ]
    return Rated(
        subject_id=body.subject_id,
        name=body.name,
        sample=body.closing,
        total=sum(part.contribution for part in parts),
        parts=parts,
    )


def _quantity(body: Tally, most: int, settings: Settings) -> Part:
    """Logarithm: ten times more work is one step up, so large bodies do not win by size alone."""
    value = 100 * log(1 + body.answered) / log(1 + most) if most else 0.0
    figure = Figure(
        title="дано ответов", value=value, count=body.answered, of=most, rows="answered"
    )
    return Part(
        name=PartName.QUANTITY,
        value=value,
        weight=settings.weight(PartName.QUANTITY),
        figures=[figure],
        text=part_text(
            PartName.QUANTITY,
            value,
            [f"{figure.title} {body.answered}, наибольшее {most}"],
        ),
    )


def _marks(tally: Tally) -> float:
    """Marks 1 to 5 as shares: 1 is nothing, 5 is whole."""
    return (tally.score_sum - tally.scored) / 4


_SHARES = {
    PartName.SPEED: [
        Share("в срок", 0.7, lambda t: (t.in_time, t.closing), "closing"),
        Share("сбережено срока", 0.3, lambda t: (t.timed - t.term_used, t.timed), "timed"),
    ],
    PartName.QUALITY: [
        Share("оценка заявителей", 0.5, lambda t: (_marks(t), t.scored), "scored"),
        Share(
            "без возврата проекта",
            0.25,
            lambda t: (t.answered - t.returned, t.answered),
            "answered",
        ),
        Share(
            "без возобновления",
            0.25,
            lambda t: (t.answered - t.reopened, t.answered),
            "answered",
        ),
    ],
    PartName.COMPLETENESS: [
        Share("отвечено на вопросы", 0.7, lambda t: (t.answered, t.closing), "closing"),
        Share("проверки ответа пройдены", 0.3, lambda t: (t.checklist, t.checked), "checked"),
    ],
}


def _part(name: PartName, body: Tally, common: Tally, settings: Settings) -> Part:
    """Weighted mean of the shares; what nobody has measured leaves its weight to the others."""
    known = [share for share in _SHARES[name] if share.of(common)[1]]
    figures = [_figure(share, body, common, settings.prior) for share in known]
    whole = sum(share.weight for share in known)
    weighted = sum(
        figure.value * share.weight for figure, share in zip(figures, known, strict=True)
    )
    value = weighted / whole if whole else 0.0
    return Part(
        name=name,
        value=value,
        weight=settings.weight(name),
        figures=figures,
        text=part_text(name, value, [figure_text(figure) for figure in figures]),
    )


def _figure(share: Share, body: Tally, common: Tally, prior: int) -> Figure:
    """The body's share with `prior` questions of the common share added."""
    count, of = share.of(body)
    all_count, all_of = share.of(common)
    value = (
        (count + prior * all_count / all_of) / (of + prior) if of + prior else all_count / all_of
    )
    return Figure(title=share.title, value=100 * value, count=count, of=of, rows=share.rows)


def _together(bodies: Sequence[Tally]) -> Tally:
    return together(bodies)
