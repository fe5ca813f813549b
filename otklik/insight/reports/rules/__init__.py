"""Pure parts of the weekly note: numbers, words, the document."""

from otklik.insight.reports.rules.figures import (
    Counts,
    Group,
    Line,
    Place,
    RatedBody,
    RatingTable,
    Returns,
    Scores,
    Spot,
    WeeklyNote,
    week_before,
    week_due,
)
from otklik.insight.reports.rules.folding import fold, lines
from otklik.insight.reports.rules.sections import compose

__all__ = [
    "Counts",
    "Group",
    "Line",
    "Place",
    "RatedBody",
    "RatingTable",
    "Returns",
    "Scores",
    "Spot",
    "WeeklyNote",
    "compose",
    "fold",
    "lines",
    "week_before",
    "week_due",
]
