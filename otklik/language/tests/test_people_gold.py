"""How much personal data is found in messages marked by hand."""

from __future__ import annotations

import pytest

from otklik.language.gold.people import DOCUMENTS, HELD_OUT, KNOWN, read, score, total
from otklik.language.masking import PERSON

LEAST_FOUND, LEAST_RIGHT = 0.98, 0.95


def test_the_messages_are_many_and_unlike() -> None:
    known, held_out = read(KNOWN), read(HELD_OUT)
    assert len(known) + len(held_out) >= 400
    assert sum(not one.pieces for one in known) >= 180
    assert len({one.text for one in known + held_out}) == len(known) + len(held_out)


@pytest.mark.parametrize("kinds", [[PERSON], ["телефон"], ["почта"], sorted(DOCUMENTS)], ids=str)
def test_people_contacts_and_documents_are_found(kinds: list[str]) -> None:
    told = total(score(read(KNOWN)), kinds)
    assert told.recall >= LEAST_FOUND
    assert told.precision >= LEAST_RIGHT


def test_other_data_are_found_too() -> None:
    told = score(read(KNOWN))
    assert total(told, told).recall >= LEAST_FOUND
    assert total(told, told).precision >= LEAST_RIGHT


def test_messages_of_a_stranger_never_tuned_for_are_mostly_read() -> None:
    told = score(read(HELD_OUT))
    assert told[PERSON].recall >= 0.85
    assert total(told, told).recall >= 0.89
    assert total(told, told).precision >= LEAST_RIGHT
