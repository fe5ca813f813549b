"""Pure parts of the summary analysis."""

from otklik.insight.cuts.rules.cut import Cell, Cut, Head, Key, Request
from otklik.insight.cuts.rules.growth import LEAST, Change, compares
from otklik.insight.cuts.rules.links import at, narrowed
from otklik.insight.cuts.rules.periods import Span, end_of, label_of, preceding, spans, start_of
from otklik.insight.cuts.rules.tally import EMPTY, Tally

__all__ = [
    "EMPTY",
    "LEAST",
    "Cell",
    "Change",
    "Cut",
    "Head",
    "Key",
    "Request",
    "Span",
    "Tally",
    "at",
    "compares",
    "end_of",
    "label_of",
    "narrowed",
    "preceding",
    "spans",
    "start_of",
]
