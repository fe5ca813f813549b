"""Pure rules of growth."""

from otklik.insight.growth.rules.report import Factor, GrowthReport, Mark, SpikeSeen
from otklik.insight.growth.rules.wording import (
    days_above,
    expectation,
    explanation,
    headline,
    month_words,
    name_of,
    sentences,
    usual,
    verdict,
    week_words,
    year_ago,
)

__all__ = [
    "Factor",
    "GrowthReport",
    "Mark",
    "SpikeSeen",
    "days_above",
    "expectation",
    "explanation",
    "headline",
    "month_words",
    "name_of",
    "sentences",
    "usual",
    "verdict",
    "week_words",
    "year_ago",
]
