"""Lists of words, written for this library.

`famous`: a line is a surname and the first names borne by its famous bearers.
"""

from __future__ import annotations

import re
from pathlib import Path

_HERE = Path(__file__).parent


def read(name: str) -> frozenset[str]:
    return frozenset((_HERE / f"{name}.txt").read_text(encoding="utf-8").split())


def lines(name: str) -> list[list[str]]:
    text = (_HERE / f"{name}.txt").read_text(encoding="utf-8")
    return [line.split() for line in text.splitlines()]


def pattern(name: str) -> re.Pattern[str]:
    """Words written as patterns, any of them, whole."""
    text = (_HERE / f"{name}.txt").read_text(encoding="utf-8")
    return re.compile("|".join(text.split()))
