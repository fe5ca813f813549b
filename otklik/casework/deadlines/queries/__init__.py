"""Reading terms: on the card, in control, for planning."""

from otklik.casework.deadlines.queries.cards import (
    deadlines_of,
    may_extend,
    rules_of,
    unverified_rules,
)
from otklik.casework.deadlines.queries.control import (
    UrgencyCounts,
    bounds_of,
    control_counts,
    urgency_of,
    within,
)
from otklik.casework.deadlines.queries.executors import (
    StageTerm,
    executor_terms,
    near_terms,
    who_wins,
)
from otklik.casework.deadlines.queries.planning import (
    case_facts,
    planner_for,
    starts_of,
)

__all__ = [
    "StageTerm",
    "UrgencyCounts",
    "bounds_of",
    "case_facts",
    "control_counts",
    "deadlines_of",
    "executor_terms",
    "may_extend",
    "near_terms",
    "planner_for",
    "rules_of",
    "starts_of",
    "unverified_rules",
    "urgency_of",
    "who_wins",
    "within",
]
