"""Shapes of keys."""

from __future__ import annotations

import hashlib

START = "otk_"
SHOWN = 10
"""How many first signs of a key lists show, to tell keys apart."""


def digest(key: str) -> str:
    """What is stored in place of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def looks_like_key(text: str) -> bool:
    return text.startswith(START) and 40 <= len(text) <= 100 and text.isascii()
