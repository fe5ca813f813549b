"""Codes of the all-Russian classifier: раздел.тематика.тема.вопрос."""

from __future__ import annotations

import re

CODE = r"\d{4}(?:\.\d{4}){3}"
_QUESTION = re.compile(rf"({CODE})(?:\.\d{{4}})?")


def classifier_code(text: str) -> str:
    """The four blocks of a question's code, or nothing when it is no code of a question.

    A fifth block (подвопрос) is dropped; 0000 in the last block names a theme, not a question.
    """
    found = _QUESTION.fullmatch(text.strip())
    return found[1] if found and not found[1].endswith(".0000") else ""
