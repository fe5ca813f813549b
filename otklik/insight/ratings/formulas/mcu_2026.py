"""The rating by quantity, speed, quality and completeness, edition of 2026.

No act publishes a formula, so this one is the product's own and is shown in
full (`TEXT`). Shares of a small body are pulled towards the share of all bodies
together: `prior` questions of the common share are added to its own. A body
with fewer than `minimum` closing questions gets no place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import log

from otklik.insight.ratings.formulas.tally import Figure, Part, Rated, Settings, Tally
from otklik.insight.ratings.formulas.wording import figure_text, part_text
from otklik.insight.ratings.vocabulary import PartName

SLUG = "mcu_2026"
IN_TIME, TERM_SAVED = 0.7, 0.3
SCORE, NOT_RETURNED, NOT_REOPENED = 0.5, 0.25, 0.25
ANSWERED, CHECKLIST = 0.7, 0.3


@dataclass(frozen=True, kw_only=True)
class Share:
    """`count` of `of`, weighted inside its part; `rows` names the rows it was counted from."""

    title: str
    weight: float
    count: float
    of: int
    common: float | None
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
        key=lambda row: (-round(row.total, 1), row.name, row.body_id),
    )
    small = sorted(
        (row for row in rated if row.sample < chosen.minimum),
        key=lambda row: (row.name, row.body_id),
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
        _part(PartName.SPEED, _speed(body, common), settings),
        _part(PartName.QUALITY, _quality(body, common), settings),
        _part(PartName.COMPLETENESS, _completeness(body, common), settings),
    ]
    return Rated(
        body_id=body.body_id,
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


def _speed(body: Tally, common: Tally) -> list[Share]:
    return [
        _share(
            "в срок",
            IN_TIME,
            body.in_time,
            body.closing,
            common.in_time,
            common.closing,
            "closing",
        ),
        _share(
            "сбережено срока",
            TERM_SAVED,
            body.timed - body.term_used,
            body.timed,
            common.timed - common.term_used,
            common.timed,
            "answered",
        ),
    ]


def _quality(body: Tally, common: Tally) -> list[Share]:
    return [
        _share(
            "оценка заявителей",
            SCORE,
            _marks(body),
            body.scored,
            _marks(common),
            common.scored,
            "scored",
        ),
        _share(
            "без возврата проекта",
            NOT_RETURNED,
            body.answered - body.returned,
            body.answered,
            common.answered - common.returned,
            common.answered,
            "returned",
        ),
        _share(
            "без возобновления",
            NOT_REOPENED,
            body.answered - body.reopened,
            body.answered,
            common.answered - common.reopened,
            common.answered,
            "reopened",
        ),
    ]


def _marks(tally: Tally) -> float:
    """Marks 1 to 5 as shares: 1 is nothing, 5 is whole."""
    return (tally.score_sum - tally.scored) / 4


def _completeness(body: Tally, common: Tally) -> list[Share]:
    return [
        _share(
            "отвечено на вопросы",
            ANSWERED,
            body.answered,
            body.closing,
            common.answered,
            common.closing,
            "closing",
        ),
        _share(
            "проверки ответа пройдены",
            CHECKLIST,
            body.checklist,
            body.checked,
            common.checklist,
            common.checked,
            "answered",
        ),
    ]


def _share(
    title: str,
    weight: float,
    count: float,
    of: int,
    all_count: float,
    all_of: int,
    rows: str,
) -> Share:
    common = all_count / all_of if all_of else None
    return Share(
        title=title, weight=weight, count=count, of=of, common=common, rows=rows
    )


def _part(name: PartName, shares: Sequence[Share], settings: Settings) -> Part:
    """Weighted mean of the shares; what nobody has measured leaves its weight to the others."""
    known = [(share, share.common) for share in shares if share.common is not None]
    whole = sum(share.weight for share, _ in known)
    figures = [_figure(share, common, settings.prior) for share, common in known]
    value = (
        sum(
            figure.value * share.weight
            for figure, (share, _) in zip(figures, known, strict=True)
        )
        / whole
        if whole
        else 0.0
    )
    return Part(
        name=name,
        value=value,
        weight=settings.weight(name),
        figures=figures,
        text=part_text(name, value, [figure_text(figure) for figure in figures]),
    )


def _figure(share: Share, common: float, prior: int) -> Figure:
    value = (
        (share.count + prior * common) / (share.of + prior)
        if share.of + prior
        else common
    )
    return Figure(
        title=share.title,
        value=100 * value,
        count=share.count,
        of=share.of,
        rows=share.rows,
    )


def _together(bodies: Sequence[Tally]) -> Tally:
    names = [
        name for name in Tally.__dataclass_fields__ if name not in ("body_id", "name")
    ]
    sums = {name: sum(getattr(body, name) for body in bodies) for name in names}
    return Tally(body_id=0, name="", **sums)
