"""How a rating is shown, live and kept: columns, parts with their figures, signs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

from otklik.insight.ratings.formulas.tally import Figure, Part, Rated, Settings
from otklik.insight.ratings.formulas.wording import figure_text
from otklik.insight.ratings.vocabulary import PartName
from otklik.language.wording import capital, number

NB = "\u00a0"


class Weighed(Protocol):
    @property
    def rows(self) -> Sequence[Rated]: ...

    @property
    def settings(self) -> Settings: ...

    @property
    def parts(self) -> Sequence[PartName]: ...


def columns_of(found: Weighed, *told: str) -> list[dict[str, Any]]:
    parts = [
        {
            "label": f"{capital(part.label)}, {percent(found.settings.weight(part))}{NB}%",
            "num": True,
        }
        for part in measured(found)
    ]
    rest = [{"label": label, "num": True} for label in told]
    return [{"label": "Место", "min": True}, {"label": "Участник"}, *rest, *parts]


def measured(found: Weighed) -> list[PartName]:
    """Parts that weigh and that somebody is measured by: a column of nothing is not shown."""
    told = {part.name for row in found.rows for part in row.parts if part.figures}
    return [part for part in found.parts if part in told]


def percent(weight: float) -> str:
    share = round(100 * weight, 1)
    return number(share, 0 if share.is_integer() else 1)


class ShownFigure(NamedTuple):
    """`url` opens the rows it is taken of, `hits_url` those it counts; empty where none do."""

    text: str
    url: str
    hits_url: str
    hits: int
    misses: int


class ShownPart(NamedTuple):
    """A part as read: points and what they add, as text; `url` opens what it is taken of."""

    part: Part
    value: str
    contribution: str
    figures: list[ShownFigure]

    @property
    def url(self) -> str:
        return self.figures[0].url if self.figures else ""


def parts_of(row: Rated, parts: Sequence[PartName], url: Callable[[str], str]) -> list[ShownPart]:
    """The parts that weigh, each figure with the rows it is taken of and those it counts."""
    return [
        ShownPart(
            part=part,
            value=number(part.value, 1),
            contribution=number(part.contribution, 1),
            figures=[_figure(figure, url) for figure in part.figures],
        )
        for part in row.parts
        if part.name in parts
    ]


def signed(change: float) -> str:
    """«+1,4», «−0,3»."""
    text = number(change, 1)
    return f"+{text}" if change > 0 and text != "0,0" else text


def _figure(figure: Figure, url: Callable[[str], str]) -> ShownFigure:
    misses = figure.of - int(figure.count) if figure.hits and figure.hits != figure.rows else 0
    return ShownFigure(
        text=figure_text(figure),
        url=url(figure.rows) if figure.of else "",
        hits_url=url(figure.hits) if figure.hits and figure.count else "",
        hits=int(figure.count),
        misses=misses,
    )
