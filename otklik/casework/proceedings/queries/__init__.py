"""What others may read of decisions by the law."""

from otklik.casework.proceedings.queries.cases import (
    decisions_of,
    facts_of,
    file_ids_of,
    is_served,
    local_day,
    materials_of,
    materials_with_files,
    requests_of,
)
from otklik.casework.proceedings.queries.grounds import (
    definitions,
    ground_for,
    grounds_for,
    grounds_in_force,
    practice_of,
)
from otklik.casework.proceedings.queries.kin import (
    answered_kin,
    candidates,
    kin_of,
    repeated_kin,
)
from otklik.casework.proceedings.queries.offers import check_of, notice_preview, offered
from otklik.casework.proceedings.queries.registers import TABS, page, register_of

__all__ = [
    "TABS",
    "answered_kin",
    "candidates",
    "check_of",
    "decisions_of",
    "definitions",
    "facts_of",
    "file_ids_of",
    "ground_for",
    "grounds_for",
    "grounds_in_force",
    "is_served",
    "kin_of",
    "local_day",
    "materials_of",
    "materials_with_files",
    "notice_preview",
    "offered",
    "page",
    "practice_of",
    "register_of",
    "repeated_kin",
    "requests_of",
]
