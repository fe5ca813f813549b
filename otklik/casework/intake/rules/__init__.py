"""How rows of exports are understood. Pure: time and zone come in as arguments."""

from otklik.casework.intake.rules.dates import BadDateError, parse_moment
from otklik.casework.intake.rules.export import Export, open_export
from otklik.casework.intake.rules.fields import REQUIRED, Field
from otklik.casework.intake.rules.layouts import LAYOUTS, Layout, layout, likeliest, placed
from otklik.casework.intake.rules.mapping import (
    Columns,
    Guess,
    columns_of,
    guess,
    is_known,
    sure,
)
from otklik.casework.intake.rules.networks import KNOWN, Network, network_of
from otklik.casework.intake.rules.outcome import channel_of, closing_status
from otklik.casework.intake.rules.rows import ImportedRow, RowProblem, RowReader, content_key

__all__ = [
    "KNOWN",
    "LAYOUTS",
    "REQUIRED",
    "BadDateError",
    "Columns",
    "Export",
    "Field",
    "Guess",
    "ImportedRow",
    "Layout",
    "Network",
    "RowProblem",
    "RowReader",
    "channel_of",
    "closing_status",
    "columns_of",
    "content_key",
    "guess",
    "is_known",
    "layout",
    "likeliest",
    "network_of",
    "open_export",
    "parse_moment",
    "placed",
    "sure",
]
