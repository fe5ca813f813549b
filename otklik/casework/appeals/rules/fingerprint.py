"""When two texts are the same text: letters and figures in order, nothing else."""

from __future__ import annotations

import hashlib
import re

_SHORTEST = 25
"""Letters; «нет света» of two neighbours is not one text sent twice."""


def fingerprint_of(text: str) -> str:
    """A 64-character sum equal for texts that differ in case, «ё», spaces and punctuation only.

    Empty for texts too short to mean a repeat.
    """
    plain = re.sub(r"[\W_]+", "", text.casefold().replace("ё", "е"))
    return hashlib.sha256(plain.encode()).hexdigest() if len(plain) >= _SHORTEST else ""
