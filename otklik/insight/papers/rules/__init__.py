"""A document as data."""

from otklik.insight.papers.rules.document import (
    Column,
    Document,
    Picture,
    Section,
    Table,
    numbered,
)

__all__ = ["Column", "Document", "Picture", "Section", "Table", "numbered"]
