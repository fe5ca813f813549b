"""Which facts a person may count, and facts by column."""

from otklik.insight.facts.queries.packs import months, rows
from otklik.insight.facts.queries.visible import (
    visible_answers,
    visible_assignments,
    visible_scores,
    visible_to,
)

__all__ = [
    "months",
    "rows",
    "visible_answers",
    "visible_assignments",
    "visible_scores",
    "visible_to",
]
