"""Reading cuts."""

from otklik.insight.cuts.queries.conditions import closing, facts_of, overdue
from otklik.insight.cuts.queries.cutting import before_filter, cut
from otklik.insight.cuts.queries.frozen import frozen_cut, frozen_cuts, numbers_of
from otklik.insight.cuts.queries.grouping import groups_of
from otklik.insight.cuts.queries.growth import Grown, grown_in, growth
from otklik.insight.cuts.queries.labels import labels_of
from otklik.insight.cuts.queries.packs import packs_of
from otklik.insight.cuts.queries.printing import conditions_of, printed_cut
from otklik.insight.cuts.queries.saved import (
    Pinned,
    pinned_cuts,
    readable,
    saved_cut,
    saved_cuts,
    saved_request,
    view_of,
)
from otklik.insight.cuts.queries.sides import fitting

__all__ = [
    "Grown",
    "Pinned",
    "before_filter",
    "closing",
    "conditions_of",
    "cut",
    "facts_of",
    "fitting",
    "frozen_cut",
    "frozen_cuts",
    "groups_of",
    "grown_in",
    "growth",
    "labels_of",
    "numbers_of",
    "overdue",
    "packs_of",
    "pinned_cuts",
    "printed_cut",
    "readable",
    "saved_cut",
    "saved_cuts",
    "saved_request",
    "view_of",
]
