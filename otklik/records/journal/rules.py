"""How entries are hashed and chained. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64


def row_digest(row: Sequence[Any]) -> bytes:
    """SHA-256 (32 bytes) over the canonical JSON of one entry's columns, in column order."""
    plain = [_canonical(value) for value in row]
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()


def rows_hash(digests: bytes) -> str:
    """Hex SHA-256 over the concatenated row digests of a batch."""
    return hashlib.sha256(digests).hexdigest()


def seal_hash(number: int, first: int, last: int, rows: str, previous: str) -> str:
    """Hex SHA-256 that binds a batch to its number, its bounds and the batch before it."""
    return hashlib.sha256(f"{number}:{first}:{last}:{rows}:{previous}".encode()).hexdigest()


def first_difference(stored: bytes, found: bytes) -> int:
    """Index of the first row whose 32-byte digest differs, or of the first missing row."""
    for index in range(0, max(len(stored), len(found)), 32):
        if stored[index : index + 32] != found[index : index + 32]:
            return index // 32
    return -1


def named(label: str, role: str) -> str:
    """The doer and the role, without saying twice what the label says already."""
    if not role or role.casefold() in label.casefold():
        return label
    plain = role if role[1:2].isupper() else role[:1].lower() + role[1:]
    return f"{label}, {plain}"


def _canonical(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value
