"""What the numbers of this room mean."""

from __future__ import annotations

from otklik.insight.assessments.rules.severity import CRITERIA, LEAST
from otklik.insight.facts.rules.indicators import DateBasis, Indicator

_TOLD = "; ".join(f"{one.name} ({one.said}), вес {one.weight}" for one in CRITERIA)

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        slug="severity",
        name="Тяжесть проблемы",
        formula=f"сумма баллов по критериям, веса можно менять: {_TOLD}",
        unit="балл",
        basis=DateBasis.RECEIVED,
        minimum=LEAST,
    ),
)
