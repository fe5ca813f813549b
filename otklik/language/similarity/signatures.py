"""How alike two texts are: a fingerprint for repeats, bands of hashes to look candidates up by.

Nothing here depends on the process or its hash seed: what is stored today is found tomorrow.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from otklik.language.cleaning import clean
from otklik.language.lemmas import tokens

VERSION = 1
BANDS = 8
ROWS = 3
SHINGLE = 4
MAX_CHARS = 4000
_SEEDS = np.random.default_rng(20_260_101).integers(
    1, 2**63, size=(2, BANDS * ROWS), dtype=np.uint64
)
_MULTIPLIERS, _SHIFTS = _SEEDS[0] | np.uint64(1), _SEEDS[1]
_BASE = np.uint64(1_000_003)

Shingles = NDArray[np.uint64]
"""Sorted distinct hashes of a text's runs of `SHINGLE` characters."""


def normalised(text: str) -> str:
    """Words and numbers alone, lower case, «ё» as «е», one space between."""
    return " ".join(tokens(clean(text[:MAX_CHARS])))


def fingerprint(text: str) -> str:
    """32 hexadecimal digits equal for texts that differ in signs, case and markup only; "" for a
    text without words."""
    plain = normalised(text)
    return hashlib.blake2b(plain.encode(), digest_size=16).hexdigest() if plain else ""


def shingles(text: str) -> Shingles:
    """Of the text as `normalised` gives it; empty for a text without words."""
    plain = normalised(text)
    if not plain:
        return np.zeros(0, dtype=np.uint64)
    codes = np.array([ord(sign) for sign in f" {plain} ".ljust(SHINGLE)], dtype=np.uint64)
    hashes = np.zeros(len(codes) - SHINGLE + 1, dtype=np.uint64)
    for step in range(SHINGLE):
        hashes = hashes * _BASE + codes[step : len(codes) - SHINGLE + 1 + step]
    return np.unique(hashes)


def overlap(first: Shingles, second: Shingles) -> float:
    """Share of common shingles among all of both, 0–1."""
    if not len(first) or not len(second):
        return 0.0
    common = len(np.intersect1d(first, second, assume_unique=True))
    return common / (len(first) + len(second) - common)


def likeness(first: str, second: str) -> float:
    """0 (nothing in common) to 1 (the same words in the same order)."""
    return overlap(shingles(first), shingles(second))


@dataclass(frozen=True, slots=True)
class Signature:
    """`minima`: for each of `BANDS * ROWS` fixed mixings `h * m + s`, `x ^ (x >> 29)`, `* m` of the
    shingles' 64-bit hashes, the least value; unsigned, so that their share that two texts have in
    common estimates `likeness`. Empty for a text without words. Signatures of one `version` can
    be compared whatever the program's version."""

    minima: tuple[int, ...]
    version: int = VERSION

    def __bool__(self) -> bool:
        return bool(self.minima)


def signature(text: str) -> Signature:
    """The text in `BANDS * ROWS` numbers; only its first `MAX_CHARS` characters count."""
    found = shingles(text)
    if not len(found):
        return Signature(())
    mixed = found[:, None] * _MULTIPLIERS + _SHIFTS
    mixed ^= mixed >> np.uint64(29)
    return Signature(tuple(int(least) for least in (mixed * _MULTIPLIERS).min(axis=0)))


def bands(signed: Signature) -> list[int]:
    """`BANDS` signed 64-bit hashes of `ROWS` minima each, fit for bigint columns; [] for no words.

    Two texts that share a band at the same place are candidates: with likeness 0.5 they do so in
    two cases of three, with 0.7 in 24 of 25. Weigh candidates with `likeness`.
    """
    rows = [signed.minima[at : at + ROWS] for at in range(0, len(signed.minima), ROWS)]
    return [_band(number, row) for number, row in enumerate(rows)]


def _band(number: int, row: tuple[int, ...]) -> int:
    told = b"".join(least.to_bytes(8, "little") for least in row)
    digest = hashlib.blake2b(told, digest_size=8, salt=bytes([number])).digest()
    return int.from_bytes(digest, "little", signed=True)
