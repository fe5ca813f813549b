"""What the numbers of the heat map mean."""

from __future__ import annotations

from otklik.insight.facts.rules.indicators import DateBasis, Indicator
from otklik.insight.heatmap.rules.spots import FEW

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        slug="heat-count",
        name="Обращений на месте",
        formula="Число обращений, которые поступили за период и стоят в этом месте карты: по точке "
        "обращения, а без неё — по населённому пункту. Каждое обращение считается один раз.",
        unit="шт.",
        basis=DateBasis.RECEIVED,
    ),
    Indicator(
        slug="heat-per-1000",
        name="Обращений на 1000 жителей",
        formula="Число обращений × 1000 ÷ число жителей населённого пункта или территории. Не "
        "считается там, где число жителей неизвестно.",
        unit="шт.",
        basis=DateBasis.RECEIVED,
    ),
    Indicator(
        slug="heat-change",
        name="К прошлому периоду",
        formula="Число обращений за период минус число за предыдущий период той же длины (целые "
        "месяцы сравниваются с целыми месяцами).",
        unit="шт.",
        basis=DateBasis.RECEIVED,
    ),
    Indicator(
        slug="heat-overdue-share",
        name="Доля просроченных на месте",
        formula="Число обращений в работе, срок которых истёк, ÷ число обращений, поступивших за "
        "период.",
        unit="%",
        basis=DateBasis.RECEIVED,
        minimum=FEW,
    ),
)
