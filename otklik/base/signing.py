"""One signature for what programs send one another: HMAC-SHA256 over «timestamp.content»."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=5)
"""How far the clocks of two machines and the way between them may differ."""

PREFIX = "sha256="


def signature(secret: str, timestamp: int, content: bytes) -> str:
    """«sha256=» and 64 hexadecimal signs. `timestamp`: Unix seconds, bound to the content."""
    signed = f"{timestamp}.".encode() + content
    return PREFIX + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def is_signed(secret: str, timestamp: int, content: bytes, given: str) -> bool:
    """Whether `given` is the signature; takes the same time for every wrong one."""
    return hmac.compare_digest(signature(secret, timestamp, content).encode(), given.encode())


def is_fresh(timestamp: int, now: datetime) -> bool:
    """Whether a signature of this moment may still be believed (or was made a little ahead)."""
    return abs(now.timestamp() - timestamp) <= WINDOW.total_seconds()
