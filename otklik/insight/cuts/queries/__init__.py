"""Reading cuts."""

from otklik.insight.cuts.queries.conditions import closing, facts_of, overdue
from otklik.insight.cuts.queries.cutting import before_filter, cut
from otklik.insight.cuts.queries.growth import Grown, growth
from otklik.insight.cuts.queries.labels import labels_of
from otklik.insight.cuts.queries.saved import as_xlsx, saved_cuts, saved_request

__all__ = [
    "Grown",
    "as_xlsx",
    "before_filter",
    "closing",
    "cut",
    "facts_of",
    "growth",
    "labels_of",
    "overdue",
    "saved_cuts",
    "saved_request",
]
