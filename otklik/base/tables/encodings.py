"""Which encoding a text file is in: byte order marks, UTF-8, else the most Russian reading."""

from __future__ import annotations

import codecs
from collections import Counter
from pathlib import Path

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SINGLE_BYTE = ("cp1251", "koi8-r", "cp866", "mac-cyrillic")
_FREQUENT = frozenset("оеаинтсрвлкмдпу")
_LOWER = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяё")
_SAMPLE = 200_000
_CHUNK = 1 << 20


def encoding_of(path: Path) -> str:
    """The name of a codec that reads the file; small damage in UTF-8 does not change the answer."""
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    wide = _wide(head)
    if wide:
        return wide
    return "utf-8" if _is_utf8(path) else _most_russian(head)


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: every other byte is 0x00 (Latin) or 0x04 (Cyrillic)."""
    even, odd = Counter(head[0::2]), Counter(head[1::2])
    half = len(head) // 2
    if half < 4:
        return None
    if odd[0] + odd[4] > 0.9 * half and even[0] < 0.1 * half:
        return "utf-16-le"
    if even[0] + even[4] > 0.9 * half and odd[0] < 0.1 * half:
        return "utf-16-be"
    return None


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    broken = beyond_ascii = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            text = decoder.decode(chunk)
            broken += text.count("\ufffd")
            beyond_ascii += len(text) - len(text.encode("ascii", "ignore"))
    broken += decoder.decode(b"", final=True).count("\ufffd")
    return broken <= beyond_ascii * 0.01


def _most_russian(head: bytes) -> str:
    return max(_SINGLE_BYTE, key=lambda name: _score(head.decode(name, "replace")))


def _score(text: str) -> int:
    counts = Counter(text)
    return sum(
        count * (3 if char in _FREQUENT else 1 if char in _LOWER else 0)
        - count * 2 * (ord(char) > 127 and not char.isalpha() and char not in "«»—№…–\u00a0")
        for char, count in counts.items()
    )
