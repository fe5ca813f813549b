"""The letter as PDF: the template `letter.typ` and the letter as data."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from otklik.base.documents.typesetting import typeset
from otklik.casework.replies.rules.sheet import Letter

_TEMPLATE = Path(__file__).with_name("letter.typ")


def letter_pdf(letter: Letter, *, made_at: datetime) -> bytes:
    """The letter as PDF with the page numbers from the second page on."""
    data = {
        **letter.model_dump(mode="json"),
        "date_line": letter.date_line,
        "reply_line": letter.reply_line,
        "is_draft": letter.is_draft,
    }
    return typeset(_TEMPLATE, data, made_at=made_at, files={})
