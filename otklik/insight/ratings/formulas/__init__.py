"""Editions of the formula. One that a snapshot was counted by never changes and never goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from otklik.insight.ratings.formulas import mcu_2026, mcu_2026_2, wording, wording_2026_2
from otklik.insight.ratings.formulas.tally import Rated, Settings, Tally
from otklik.insight.ratings.vocabulary import System


@dataclass(frozen=True)
class Edition:
    """`defaults`: the weights by system where the municipality has set none."""

    slug: str
    title: str
    rate: Callable[[Iterable[Tally], Settings], list[Rated]]
    text: Callable[[Settings], str]
    defaults: Mapping[System, Settings]


EDITIONS: Mapping[str, Edition] = {
    edition.slug: edition
    for edition in (
        Edition(
            mcu_2026.SLUG,
            "первая редакция 2026 года",
            mcu_2026.rate,
            wording.formula_text,
            {system: Settings() for system in System},
        ),
        Edition(
            mcu_2026_2.SLUG,
            mcu_2026_2.TITLE,
            mcu_2026_2.rate,
            wording_2026_2.formula_text,
            mcu_2026_2.DEFAULTS,
        ),
    )
}
IN_FORCE = EDITIONS[mcu_2026_2.SLUG]
