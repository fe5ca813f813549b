"""Pure parts of the summary analysis."""

from otklik.insight.cuts.rules.cut import Cell, Cut, Head, Key, Request
from otklik.insight.cuts.rules.grouped import Grouped, Grouping, Value
from otklik.insight.cuts.rules.growth import LEAST, Change, compares
from otklik.insight.cuts.rules.links import Also, Slice, at, measured, narrowed, placed, read_also
from otklik.insight.cuts.rules.periods import (
    Span,
    end_of,
    label_of,
    preceding,
    rolled,
    spans,
    start_of,
    year_before,
)
from otklik.insight.cuts.rules.printed import Printed, digest_of, outward, printed
from otklik.insight.cuts.rules.sheet import Sheet, sheet_of
from otklik.insight.cuts.rules.sides import Side
from otklik.insight.cuts.rules.tally import EMPTY, Tally
from otklik.insight.cuts.rules.view import View, read_view

__all__ = [
    "EMPTY",
    "LEAST",
    "Also",
    "Cell",
    "Change",
    "Cut",
    "Grouped",
    "Grouping",
    "Head",
    "Key",
    "Printed",
    "Request",
    "Sheet",
    "Side",
    "Slice",
    "Span",
    "Tally",
    "Value",
    "View",
    "at",
    "compares",
    "digest_of",
    "end_of",
    "label_of",
    "measured",
    "narrowed",
    "outward",
    "placed",
    "preceding",
    "printed",
    "read_also",
    "read_view",
    "rolled",
    "sheet_of",
    "spans",
    "start_of",
    "year_before",
]
