"""The only writers of rules that act by themselves, and what they do to cases."""

from otklik.casework.automation.actions.erring import mark_wrong
from otklik.casework.automation.actions.firing import apply_rules
from otklik.casework.automation.actions.limits import set_answer_limit
from otklik.casework.automation.actions.saving import (
    RuleGiven,
    UnconfirmedError,
    save_rule,
    switch_rule,
    try_rule,
    unsaved,
)

__all__ = [
    "RuleGiven",
    "UnconfirmedError",
    "apply_rules",
    "mark_wrong",
    "save_rule",
    "set_answer_limit",
    "switch_rule",
    "try_rule",
    "unsaved",
]
