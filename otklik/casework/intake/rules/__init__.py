"""How rows of exports are understood. Pure: time and zone come in as arguments."""

from otklik.casework.intake.rules.dates import BadDateError, parse_moment
from otklik.casework.intake.rules.export import Export, open_export
from otklik.casework.intake.rules.fields import REQUIRED, Field
from otklik.casework.intake.rules.mapping import (
    Columns,
    Guess,
    columns_of,
    guess,
    is_known,
    sure,
)
from otklik.casework.intake.rules.outcome import channel_of, closing_status
from otklik.casework.intake.rules.rows import ImportedRow, RowProblem, RowReader, content_key

__all__ = [
    "REQUIRED",
    "BadDateError",
    "Columns",
    "Export",
    "Field",
    "Guess",
    "ImportedRow",
    "RowProblem",
    "RowReader",
    "channel_of",
    "closing_status",
    "columns_of",
    "content_key",
    "guess",
    "is_known",
    "open_export",
    "parse_moment",
    "sure",
]
