"""How much personal data is found in messages marked by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from otklik.language.gold.people import (
    DOCUMENTS,
    HELD_OUT,
    HELD_OUT_SECOND,
    HELD_OUT_THIRD,
    KNOWN,
    MARKED_BY_STRANGERS,
    STRANGERS,
    VARIED,
    VARIED_SECOND,
    read,
    score,
    total,
)
from otklik.language.masking import PERSON

LEAST_FOUND, LEAST_RIGHT = 0.98, 0.95
_LEAST = (800, 130, 150, 150, 500, 150, 130)


def test_the_messages_are_many_and_unlike() -> None:
    paths = (KNOWN, HELD_OUT, STRANGERS, HELD_OUT_SECOND, VARIED, HELD_OUT_THIRD, VARIED_SECOND)
    every = [read(path) for path in paths]
    assert all(len(messages) >= least for messages, least in zip(every, _LEAST, strict=True))
    assert sum(not one.pieces for one in every[0]) >= 180
    texts = [one.text for messages in every for one in messages]
    assert len(set(texts)) == len(texts) >= 1_850


@pytest.mark.parametrize("kinds", [[PERSON], ["телефон"], ["почта"], sorted(DOCUMENTS)], ids=str)
def test_people_contacts_and_documents_are_found(kinds: list[str]) -> None:
    told = total(score(read(KNOWN)), kinds)
    assert told.recall >= LEAST_FOUND
    assert told.precision >= LEAST_RIGHT


def test_other_data_are_found_too() -> None:
    told = score(read(KNOWN))
    assert total(told, told).recall >= LEAST_FOUND
    assert total(told, told).precision >= LEAST_RIGHT


def test_messages_of_a_stranger_are_read_as_well_as_our_own() -> None:
    told = score(read(STRANGERS))
    assert told[PERSON].recall >= LEAST_FOUND
    assert told[PERSON].precision >= LEAST_RIGHT
    assert total(told, MARKED_BY_STRANGERS).recall >= LEAST_FOUND


@pytest.mark.parametrize(
    ("path", "found", "right"),
    [
        (HELD_OUT, 0.95, 0.97),
        (HELD_OUT_SECOND, 0.98, 0.98),
        (HELD_OUT_THIRD, 0.925, 0.93),
        (VARIED, 0.95, 0.955),
        (VARIED_SECOND, 0.85, 0.94),
    ],
    ids=lambda path: path.stem if isinstance(path, Path) else "",
)
def test_messages_of_other_hands_and_rare_names_are_mostly_read(
    path: Path, found: float, right: float
) -> None:
    told = score(read(path))
    assert told[PERSON].recall >= found
    assert told[PERSON].precision >= right
    every = total(told, told if path == HELD_OUT else MARKED_BY_STRANGERS)
    assert every.recall >= found
    assert every.precision >= right
