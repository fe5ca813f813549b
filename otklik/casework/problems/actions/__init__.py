"""The only writers of mass problems."""

from otklik.casework.problems.actions.answering import answer_all, carry_out, take_stage
from otklik.casework.problems.actions.joining import (
    join,
    join_by_rule,
    merge,
    open_problem,
    split,
    take_out,
)
from otklik.casework.problems.actions.keeping import (
    confirm,
    describe,
    dismiss,
    set_options,
    solve,
)
from otklik.casework.problems.actions.proposing import propose
from otklik.casework.problems.actions.shaping import hold
from otklik.casework.problems.actions.spiking import notice_spikes

__all__ = [
    "answer_all",
    "carry_out",
    "confirm",
    "describe",
    "dismiss",
    "hold",
    "join",
    "join_by_rule",
    "merge",
    "notice_spikes",
    "open_problem",
    "propose",
    "set_options",
    "solve",
    "split",
    "take_out",
    "take_stage",
]
