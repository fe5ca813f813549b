"""Readers of occupancy; every one starts from what the person may count."""

from otklik.insight.workload.queries.ahead import Ahead, ahead
from otklik.insight.workload.queries.norms import (
    book_of,
    groups_in_use,
    held_part,
    history_of,
    norms_of,
    own_notes,
    shares_set,
)
from otklik.insight.workload.queries.occupancy import (
    BlockLoad,
    BodyLoad,
    Occupancy,
    PersonLoad,
    occupancy,
)
from otklik.insight.workload.queries.paper import proposal, proposal_document
from otklik.insight.workload.queries.reach import may_count, units
from otklik.insight.workload.queries.rows import Wanted, done_rows, given_rows, waiting_rows

__all__ = [
    "Ahead",
    "BlockLoad",
    "BodyLoad",
    "Occupancy",
    "PersonLoad",
    "Wanted",
    "ahead",
    "book_of",
    "done_rows",
    "given_rows",
    "groups_in_use",
    "held_part",
    "history_of",
    "may_count",
    "norms_of",
    "occupancy",
    "own_notes",
    "proposal",
    "proposal_document",
    "shares_set",
    "units",
    "waiting_rows",
]
