"""What the package is made of, packages made, settings."""

from otklik.coordination.sstu.queries.gathering import cases_of, file_of
from otklik.coordination.sstu.queries.runs import last_run, page, run_of, runs
from otklik.coordination.sstu.queries.settings import (
    Exchange,
    exchange_of,
    known_code,
    sender_of,
)

__all__ = [
    "Exchange",
    "cases_of",
    "exchange_of",
    "file_of",
    "known_code",
    "last_run",
    "page",
    "run_of",
    "runs",
    "sender_of",
]
