"""The only writers of rules that act by themselves, and what they do to cases."""

from otklik.casework.automation.actions.erring import mark_wrong
from otklik.casework.automation.actions.firing import apply_rules, apply_rules_many
from otklik.casework.automation.actions.limits import set_answer_limit
from otklik.casework.automation.actions.mechanisms import (
    MechanismGiven,
    ask_agreement,
    decide_mechanism,
    propose_mechanism,
    switch_mechanism,
)
from otklik.casework.automation.actions.mirroring import (
    describe_for,
    mark_entered,
    mark_removed,
    save_entry,
)
from otklik.casework.automation.actions.saving import (
    RuleGiven,
    UnconfirmedError,
    save_rule,
    switch_rule,
    try_rule,
    unsaved,
)

__all__ = [
    "MechanismGiven",
    "RuleGiven",
    "UnconfirmedError",
    "apply_rules",
    "apply_rules_many",
    "ask_agreement",
    "decide_mechanism",
    "describe_for",
    "mark_entered",
    "mark_removed",
    "mark_wrong",
    "propose_mechanism",
    "save_entry",
    "save_rule",
    "set_answer_limit",
    "switch_mechanism",
    "switch_rule",
    "try_rule",
    "unsaved",
]
