"""Pure arithmetic and choice of terms."""

from otklik.casework.deadlines.rules.choice import CaseFacts, governing
from otklik.casework.deadlines.rules.compute import due, shifted
from otklik.casework.deadlines.rules.plan import Planner, Starts, Term
from otklik.casework.deadlines.rules.terms import (
    LONGEST_EXTENSION,
    Computed,
    Extension,
    Pause,
    Rule,
    Step,
)

__all__ = [
    "LONGEST_EXTENSION",
    "CaseFacts",
    "Computed",
    "Extension",
    "Pause",
    "Planner",
    "Rule",
    "Starts",
    "Step",
    "Term",
    "due",
    "governing",
    "shifted",
]
