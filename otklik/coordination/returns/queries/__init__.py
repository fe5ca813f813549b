"""Reports of bodies, forms, figures that the system counts, the consolidated table."""

from otklik.coordination.returns.queries.counting import figures
from otklik.coordination.returns.queries.lists import (
    PAGE,
    counts,
    form_of,
    forms,
    listed,
    may_decide,
    may_fill,
    page,
    return_of,
    visible_to,
)
from otklik.coordination.returns.queries.summary import periods_of, summary_of

__all__ = [
    "PAGE",
    "counts",
    "figures",
    "form_of",
    "forms",
    "listed",
    "may_decide",
    "may_fill",
    "page",
    "periods_of",
    "return_of",
    "summary_of",
    "visible_to",
]
