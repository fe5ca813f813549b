"""Personal data that has a look: numbers, addresses in the network, homes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from otklik.language.masking.contacts import COMPUTERS, PAGES, TELEPHONES
from otklik.language.masking.documents import BIRTHS, PAPERS, THINGS
from otklik.language.masking.homes import HOMES, RECIPIENTS
from otklik.language.masking.shapes import found
from otklik.language.masking.spans import Span

_DIGIT = re.compile(r"\d")
_LONG = re.compile(r"\d\D{0,4}\d\D{0,4}\d\D{0,4}\d")
_PAGE = re.compile(r"[@|]|собака|\w\.\w|\bid\d", re.IGNORECASE)


def numbers(text: str) -> Iterator[Span]:
    """Most texts have few digits: what cannot be there is not looked for."""
    if _PAGE.search(text):
        yield from found(PAGES, text)
    if not _DIGIT.search(text):
        return
    yield from found(HOMES + RECIPIENTS, text)
    if _LONG.search(text):
        yield from found(PAPERS + THINGS + BIRTHS + TELEPHONES + COMPUTERS, text)
    elif _PLATE.search(text):
        yield from found(THINGS, text)


_PLATE = re.compile(r"[a-zа-яё]\s?\d{3}", re.IGNORECASE)
