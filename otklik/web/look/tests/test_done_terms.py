"""A term that is over is told by the moment it was done, not by today."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from otklik.web.look.components.basics import deadline

DUE = datetime(2026, 1, 20, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (datetime(2026, 1, 15, 9, tzinfo=UTC), "в срок"),
        (datetime(2026, 1, 20, 14, tzinfo=UTC), "в срок"),
        (datetime(2026, 1, 20, 16, tzinfo=UTC), "с опозданием на\N{NO-BREAK SPACE}1"),
        (datetime(2026, 1, 25, 9, tzinfo=UTC), "с опозданием на\N{NO-BREAK SPACE}5"),
    ],
)
def test_words_of_a_finished_term(done: datetime, words: str) -> None:
    assert words in deadline(DUE, done=done, compact=True)
