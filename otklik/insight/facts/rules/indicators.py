"""What a number of the analysis means: one entry of the catalogue, shown wherever it stands.

Rooms keep their entries in `rules/indicators.py` as `INDICATORS`; the page of the catalogue shows
them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DateBasis(StrEnum):
    """By which day a case falls into the period."""

    RECEIVED = "по дню поступления"
    ANSWERED = "по дню ответа"
    ASSIGNED = "по дню назначения"
    SCORED = "по дню оценки"
    NOW = "на указанный час"


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """`formula` is in Russian words; `unit` as printed («шт.», «%», «дн.»).

    `minimum` is the least sample of which the number is told; 1 when any will do.
    `source` names the act or the room's own method.
    """

    slug: str
    name: str
    formula: str
    unit: str
    basis: DateBasis
    minimum: int = 1
    source: str = "собственная методика, показана полностью"
