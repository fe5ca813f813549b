"""Which facts a person may count, and facts by column."""

from otklik.insight.facts.queries.packs import OPEN_DUE, months, rows
from otklik.insight.facts.queries.visible import (
    visible_answers,
    visible_assignments,
    visible_scores,
    visible_to,
)

__all__ = [
    "OPEN_DUE",
    "months",
    "rows",
    "visible_answers",
    "visible_assignments",
    "visible_scores",
    "visible_to",
]
