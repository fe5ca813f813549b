"""What others may read of answers."""

from otklik.casework.replies.queries.answers import (
    OPEN,
    SUBJECT,
    in_state,
    link_of,
    open_reply,
    replies_of,
    token_hash,
    waiting_for_decision,
)
from otklik.casework.replies.queries.letters import letter_of
from otklik.casework.replies.queries.proposals import (
    PROPOSAL,
    PROPOSAL_STEPS,
    ProposalInFull,
    proposal_card,
    proposals,
    proposals_of,
    proposals_waiting,
)
from otklik.casework.replies.queries.register import (
    RegisterRow,
    RegisterWanted,
    assignment_of,
    register_counts,
    register_page,
    register_rows,
)
from otklik.casework.replies.queries.templates import (
    Offered,
    templates_for,
    templates_of,
    values_of,
)

__all__ = [
    "OPEN",
    "PROPOSAL",
    "PROPOSAL_STEPS",
    "SUBJECT",
    "Offered",
    "ProposalInFull",
    "RegisterRow",
    "RegisterWanted",
    "assignment_of",
    "in_state",
    "letter_of",
    "link_of",
    "open_reply",
    "proposal_card",
    "proposals",
    "proposals_of",
    "proposals_waiting",
    "register_counts",
    "register_page",
    "register_rows",
    "replies_of",
    "templates_for",
    "templates_of",
    "token_hash",
    "values_of",
    "waiting_for_decision",
]
