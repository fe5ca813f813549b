"""Bytes to text when the declared encoding is missing or lies."""

from __future__ import annotations

import codecs

SINGLE_BYTE = ("cp1251", "koi8_r", "cp866", "iso8859_5")
ALIASES = {
    "win-1251": "cp1251",
    "win1251": "cp1251",
    "windows1251": "cp1251",
    "cp-1251": "cp1251",
    "koi8": "koi8_r",
    "koi8r": "koi8_r",
    "dos-866": "cp866",
    "utf8mb4": "utf_8",
    "unicode-1-1-utf-7": "utf_7",
}
COMMON_LOWER = frozenset("оеаинтсрвлкмдпуяыьгзбчй")
# Bytes beyond this do not change the guess and only cost time.
SAMPLE = 20_000


def decode(data: bytes, declared: str | None = None) -> str:
    """Text of the bytes, trusting valid UTF-8 first, then the declared name if it reads well."""
    name = _known(declared)
    if name and name not in SINGLE_BYTE and name not in ("ascii", "utf-8", "iso8859-1", "cp1252"):
        text = _strict(data, name)
        if text is not None:
            return clean(text)
    text = _strict(data, "utf-8")
    if text is None:
        text = _best_single_byte(data, name)
    return clean(text)


def clean(text: str) -> str:
    """Without what a database and a page cannot hold: NUL, stray surrogates, a byte-order mark."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    return text.replace("\x00", "").replace("\ufeff", "")


def russian_score(text: str) -> float:
    """How much the text looks like Russian prose: higher is better."""
    score = 0.0
    previous_lower = False
    for char in text:
        if char in COMMON_LOWER:
            score += 1
        elif "\u0400" <= char <= "\u04ff":
            # КОИ-8 and cp1251 swap case for each other: capitals inside words give it away.
            score -= 1 if previous_lower or char not in _RUSSIAN else 0
        elif ord(char) > 127 and char not in "«»—–№…“”„\u00a0":
            score -= 2
        previous_lower = char.islower()
    return score


_RUSSIAN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ")


def _known(declared: str | None) -> str | None:
    if not declared:
        return None
    name = declared.strip().strip("\"'").lower()
    try:
        found = codecs.lookup(ALIASES.get(name, name)).name
    except (LookupError, ValueError):
        return None
    # codecs.lookup spells some names with a hyphen; the list above does not.
    return {"koi8-r": "koi8_r", "iso8859-5": "iso8859_5"}.get(found, found)


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, LookupError, ValueError):
        return None


def _best_single_byte(data: bytes, declared: str | None) -> str:
    sample = data[:SAMPLE]
    best, best_score = "cp1251", float("-inf")
    names = [declared] if declared in SINGLE_BYTE else []
    for name in [*names, *(each for each in SINGLE_BYTE if each not in names)]:
        score = russian_score(sample.decode(name, "replace"))
        if score > best_score:
            best, best_score = name, score
    return data.decode(best, "replace")
