"""Reading growth."""

from otklik.insight.growth.queries.counting import months_of
from otklik.insight.growth.queries.paper import HEAD_ROLE, paper_of, signer_of
from otklik.insight.growth.queries.report import growth_report
from otklik.insight.growth.queries.themes import NewTheme, themes_of

__all__ = [
    "HEAD_ROLE",
    "NewTheme",
    "growth_report",
    "months_of",
    "paper_of",
    "signer_of",
    "themes_of",
]
