"""The only writers of terms and of their rules."""

from otklik.casework.deadlines.actions.clocks import (
    extend_deadline,
    meet_deadline,
    pause_deadline,
    resume_deadline,
)
from otklik.casework.deadlines.actions.editions import issue_edition
from otklik.casework.deadlines.actions.executors import (
    carry_executor_terms,
    set_executor_term,
    set_who_wins,
    withdraw_executor_term,
)
from otklik.casework.deadlines.actions.rules import (
    install_builtin_rules,
    retire_rule,
    save_rule,
)
from otklik.casework.deadlines.actions.setting import (
    recount_deadlines,
    set_deadlines,
    set_deadlines_many,
)
from otklik.casework.deadlines.actions.withdrawing import withdraw_extension

__all__ = [
    "carry_executor_terms",
    "extend_deadline",
    "install_builtin_rules",
    "issue_edition",
    "meet_deadline",
    "pause_deadline",
    "recount_deadlines",
    "resume_deadline",
    "retire_rule",
    "save_rule",
    "set_deadlines",
    "set_deadlines_many",
    "set_executor_term",
    "set_who_wins",
    "withdraw_executor_term",
    "withdraw_extension",
]
