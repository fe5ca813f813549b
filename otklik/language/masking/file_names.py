"""Names of files: people put there who, and the number of which paper."""

from __future__ import annotations

import re

from otklik.language.masking.views import for_publication, for_work

_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}$")


def mask_file_name(name: str) -> str:
    """A file name without personal data for staff; the ending stays."""
    stem, ending = _split(name)
    return for_work(stem).text + ending


def publish_file_name(name: str) -> str:
    """A file name that may be shown to everybody."""
    stem, ending = _split(name)
    return for_publication(stem).text + ending


def _split(name: str) -> tuple[str, str]:
    ending = _ENDING.search(name)
    stem = name[: ending.start()] if ending else name
    return re.sub(r"[_+]|%20", " ", stem), ending.group(0) if ending else ""
