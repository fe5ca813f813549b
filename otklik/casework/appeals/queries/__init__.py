"""Reading cases. Every list starts from `visible_to(access)`, before counting and paging."""

from otklik.casework.appeals.queries.doors import addressees, body_behind, doors
from otklik.casework.appeals.queries.matching import matching, start_of
from otklik.casework.appeals.queries.paging import (
    Listed,
    Page,
    count,
    listed,
    page,
    page_of,
)
from otklik.casework.appeals.queries.reach import (
    NOWHERE,
    card,
    classifying,
    covering_body,
    covers,
    may_classify,
    one_of,
    repeats_of,
    sees,
    visible_to,
)

__all__ = [
    "NOWHERE",
    "Listed",
    "Page",
    "addressees",
    "body_behind",
    "card",
    "classifying",
    "count",
    "covering_body",
    "covers",
    "doors",
    "listed",
    "matching",
    "may_classify",
    "one_of",
    "page",
    "page_of",
    "repeats_of",
    "sees",
    "start_of",
    "visible_to",
]
