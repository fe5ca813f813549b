"""Reading findings, signals and advice."""

from otklik.casework.quality.queries.counting import (
    BodyLine,
    ErrorReport,
    KindLine,
    error_report,
)
from otklik.casework.quality.queries.registers import (
    Wanted,
    advice_list,
    counts,
    finding_of,
    findings,
    of_case,
    signals_for,
    visible_to,
    waiting_signals,
)

__all__ = [
    "BodyLine",
    "ErrorReport",
    "KindLine",
    "Wanted",
    "advice_list",
    "counts",
    "error_report",
    "finding_of",
    "findings",
    "of_case",
    "signals_for",
    "visible_to",
    "waiting_signals",
]
