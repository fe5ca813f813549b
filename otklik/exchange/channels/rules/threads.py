"""The mark in a subject line that leads an answer back to its case."""

from __future__ import annotations

import re

MARK = re.compile(r"\[\s*МЦУ[-–— ]\s*(\d{1,15})\s*\]", re.IGNORECASE)


def mark(case_id: int) -> str:
    """«[МЦУ-123]»"""
    return f"[МЦУ-{case_id}]"


def marked(subject: str, case_id: int | None) -> str:
    """The subject with the mark of its case, once."""
    if case_id is None or MARK.search(subject):
        return subject
    return f"{subject} {mark(case_id)}".strip()


def case_in(subject: str) -> int | None:
    """The case named by a subject. Anybody can write a mark: the caller checks the sender."""
    found = MARK.search(subject)
    return int(found.group(1)) if found else None
