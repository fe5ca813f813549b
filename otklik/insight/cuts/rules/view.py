"""A cut with the way it is shown: what the builder sets, an address carries and a name keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlencode

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.insight.cuts.rules.cut import Request
from otklik.insight.cuts.rules.links import read_also
from otklik.insight.cuts.vocabulary import (
    Against,
    Counted,
    Dimension,
    Measure,
    Picture,
    Share,
)

MOST_MEASURES = 6
"""Measures side by side."""

WordT = TypeVar("WordT", bound=StrEnum)
Pairs = list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class View:
    """`sort` is the number of a column of the table, with a minus for the largest first."""

    request: Request
    share: Share = Share.NONE
    picture: Picture = Picture.BARS
    sort: str = ""

    @property
    def measures(self) -> tuple[Measure, ...]:
        return self.request.measures or (Measure.RECEIVED,)

    @property
    def first(self) -> Measure:
        return self.measures[0]

    def pairs(self, **changed: str) -> Pairs:
        """The words of the address, only what is not the usual; `changed` replaces or adds."""
        asked = self.request
        words: Pairs = [
            ("rows", asked.rows),
            ("columns", asked.columns or ""),
            *(("measure", one) for one in self.measures),
            ("counted", asked.counted),
            ("against", "" if asked.against == Against.PREVIOUS else asked.against),
            ("share", self.share),
            ("picture", "" if self.picture == Picture.BARS else self.picture),
            ("sort", self.sort),
            *asked.slice.pairs().items(),
        ]
        kept = [(name, str(value)) for name, value in words if value and name not in changed]
        return kept + [(name, value) for name, value in changed.items() if value]

    def query(self, **changed: str) -> str:
        return urlencode(self.pairs(**changed))

    def over(self, since: date, until: date) -> View:
        """The same for another period."""
        asked = self.request
        narrowed = replace(asked.filter, since=since, until=until)
        return replace(self, request=replace(asked, filter=narrowed))


def read_view(words: Mapping[str, Any], measures: Iterable[str]) -> View:
    """What cannot be read falls back to the usual cut: topics, received, appeals."""
    rows = _chosen(Dimension, words.get("rows"), Dimension.TOPIC)
    columns = str(words.get("columns") or "")
    second = Dimension(columns) if columns in Dimension.values and columns != rows else None
    asked = [Measure(name) for name in dict.fromkeys(measures) if name in Measure.values]
    return View(
        request=Request(
            rows=rows,
            columns=second,
            filter=AppealFilter.parse(words),
            also=read_also(words),
            counted=_chosen(Counted, words.get("counted"), Counted.APPEALS),
            against=_chosen(Against, words.get("against"), Against.PREVIOUS),
            measures=tuple(asked[:MOST_MEASURES]) or (Measure.RECEIVED,),
        ),
        share=_chosen(Share, words.get("share"), Share.NONE),
        picture=_chosen(Picture, words.get("picture"), Picture.BARS),
        sort=_sort(str(words.get("sort") or "")),
    )


def _sort(raw: str) -> str:
    return raw if raw.removeprefix("-").isdecimal() and len(raw) <= 4 else ""


def _chosen(words: type[WordT], given: Any, usual: WordT) -> WordT:
    return words(given) if given in {one.value for one in words} else usual
