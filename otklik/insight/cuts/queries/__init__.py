"""Reading cuts."""

from otklik.insight.cuts.queries.conditions import facts_of, overdue
from otklik.insight.cuts.queries.cutting import before_filter, cut
from otklik.insight.cuts.queries.growth import Grown, growth
from otklik.insight.cuts.queries.labels import labels_of

__all__ = ["Grown", "before_filter", "cut", "facts_of", "growth", "labels_of", "overdue"]
