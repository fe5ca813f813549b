"""Conditions, their match with a case, and what is wrong with a rule beside others. Pure."""

from otklik.casework.automation.rules.conditions import (
    Group,
    Leaf,
    Node,
    Not,
    condition_of,
    facts_in,
    leaves_of,
    parts_of,
    restored,
    store,
)
from otklik.casework.automation.rules.matching import CaseFacts, Match, Why, match
from otklik.casework.automation.rules.safety import Remark, Shape, Topics, remarks, width

__all__ = [
    "CaseFacts",
    "Group",
    "Leaf",
    "Match",
    "Node",
    "Not",
    "Remark",
    "Shape",
    "Topics",
    "Why",
    "condition_of",
    "facts_in",
    "leaves_of",
    "match",
    "parts_of",
    "remarks",
    "restored",
    "store",
    "width",
]
