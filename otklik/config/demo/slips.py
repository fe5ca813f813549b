"""Slips of the pen: lost commas, small letters, swapped characters, shouting."""

from __future__ import annotations

import re
from random import Random

CARE = {"paper": 0.12, "email": 0.2, "portal": 0.28, "pos": 0.32, "hotline122": 0.12,
        "reception": 0.03}  # fmt: skip
NETWORK = 0.55
_WORD = re.compile(r"[а-яё]{6,}")


def slip(rng: Random, text: str, channel: str) -> str:
    """The text as typed; writers in networks err oftener than in letters."""
    if rng.random() < 0.8 and channel != "reception":
        text = text.replace("ё", "е").replace("Ё", "Е")
    if rng.random() > CARE.get(channel, NETWORK):
        return text
    if rng.random() < 0.55:
        text = _without_commas(rng, text)
    if rng.random() < 0.3:
        text = text.replace("ться ", "тся ", 1)
    for _ in range(rng.choice((0, 1, 1, 2))):
        text = _typo(rng, text)
    if channel not in CARE:
        text = _carefree(rng, text)
    return _shouted(rng, text)


def _carefree(rng: Random, text: str) -> str:
    if rng.random() < 0.45:
        text = text[:1].lower() + text[1:]
    if rng.random() < 0.3:
        text = text.replace("пожалуйста", rng.choice(("пожалуста", "плиз", "пжл")))
    return text


def _shouted(rng: Random, text: str) -> str:
    if rng.random() < 0.3:
        text = text.removesuffix(".")
    if rng.random() < 0.05:
        text = text.upper()
    return text + "??" if rng.random() < 0.12 and text.endswith("?") else text


def _without_commas(rng: Random, text: str) -> str:
    pieces = text.split(", ")
    kept = pieces[0]
    for piece in pieces[1:]:
        kept += (" " if rng.random() < 0.6 else ", ") + piece
    return kept


def _typo(rng: Random, text: str) -> str:
    words = list(_WORD.finditer(text))
    if not words:
        return text
    word = rng.choice(words)
    at = rng.randrange(word.start() + 1, word.end() - 2)
    kind = rng.random()
    if kind < 0.4:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if kind < 0.75:
        return text[:at] + text[at + 1 :]
    return text[:at] + text[at] + text[at:]
