"""Personal data in a paper that everybody will read (152-ФЗ, art. 7)."""

from __future__ import annotations

from collections.abc import Iterator

from otklik.insight.papers.rules import Document, Section, Table
from otklik.language.masking import find


def personal_in(document: Document) -> str:
    """The title of the first section with personal data; empty when none are found."""
    for section in document.sections:
        if any(find(text) for text in _texts(section)):
            return section.title.partition("\u00a0")[2] or section.title
    return ""


def _texts(section: Section) -> Iterator[str]:
    yield from section.lines
    for block in section.blocks:
        yield block.caption
        if isinstance(block, Table):
            yield from (cell for row in block.rows for cell in row if not _figure(cell))
        else:
            yield block.alt


def _figure(cell: str) -> bool:
    """Numbers of a table are no telephone numbers."""
    return not any(letter.isalpha() for letter in cell)
