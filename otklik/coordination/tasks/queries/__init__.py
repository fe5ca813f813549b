"""Reading tasks, functions and the control of the regulation."""

from otklik.coordination.tasks.queries.owners import (
    Candidates,
    candidates,
    may_control,
    may_do,
    owners_of,
)
from otklik.coordination.tasks.queries.regulation import (
    ClauseLine,
    fulfilments_of,
    regulation_lines,
)
from otklik.coordination.tasks.queries.tasks import (
    PAGE,
    VIEWS,
    counts,
    functions,
    listed,
    of_case,
    task_of,
    visible_to,
)

__all__ = [
    "PAGE",
    "VIEWS",
    "Candidates",
    "ClauseLine",
    "candidates",
    "counts",
    "fulfilments_of",
    "functions",
    "listed",
    "may_control",
    "may_do",
    "of_case",
    "owners_of",
    "regulation_lines",
    "task_of",
    "visible_to",
]
