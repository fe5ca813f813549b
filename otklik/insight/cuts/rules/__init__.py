"""Pure parts of the summary analysis."""

from otklik.insight.cuts.rules.cut import Cell, Cut, Head, Key, Request
from otklik.insight.cuts.rules.growth import Change
from otklik.insight.cuts.rules.links import at, narrowed
from otklik.insight.cuts.rules.periods import Span, end_of, label_of, preceding, spans, start_of
from otklik.insight.cuts.rules.tally import EMPTY, Tally

__all__ = [
    "EMPTY",
    "Cell",
    "Change",
    "Cut",
    "Head",
    "Key",
    "Request",
    "Span",
    "Tally",
    "at",
    "end_of",
    "label_of",
    "narrowed",
    "preceding",
    "spans",
    "start_of",
]
