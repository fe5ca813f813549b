"""Taking out of a text what is not for everybody."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from otklik.language import masking
from otklik.language.masking import for_publication

LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
LINK_MARK = "[ссылка]"


def opened(text: str) -> str:
    """Without personal data, and without links, which nobody has looked at."""
    return LINK.sub(LINK_MARK, for_publication(text).text)


def digest(text: str) -> str:
    """What a kept text is found by; another one after the rules of masking have changed."""
    return hashlib.sha256(f"{edition()}\0{text}".encode()).hexdigest()


@cache
def edition() -> str:
    """The sum of the masking's own rules and lists, once per process."""
    folder = Path(str(masking.__file__)).parent
    whole = hashlib.sha256(LINK.pattern.encode())
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix != ".pyc":
            whole.update(file.name.encode() + file.read_bytes())
    return whole.hexdigest()
