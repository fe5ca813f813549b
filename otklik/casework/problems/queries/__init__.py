"""What others may read of mass problems."""

from otklik.casework.problems.queries.answers import (
    RIGHTS,
    Progress,
    may_take,
    progress_of,
    rows_of,
    run_of,
    runs_of,
)
from otklik.casework.problems.queries.lists import (
    Listed,
    by_state,
    cases_of,
    count_seen,
    counts,
    membership_of,
    page,
    points_of,
)
from otklik.casework.problems.queries.seeing import (
    keeper,
    may_keep,
    open_problems,
    options_of,
    problem_of,
    problems_of,
    proposed_count,
    said_apart,
)
from otklik.casework.problems.queries.spikes import spikes_of, stand_out

__all__ = [
    "RIGHTS",
    "Listed",
    "Progress",
    "by_state",
    "cases_of",
    "count_seen",
    "counts",
    "keeper",
    "may_keep",
    "may_take",
    "membership_of",
    "open_problems",
    "options_of",
    "page",
    "points_of",
    "problem_of",
    "problems_of",
    "progress_of",
    "proposed_count",
    "rows_of",
    "run_of",
    "runs_of",
    "said_apart",
    "spikes_of",
    "stand_out",
]
