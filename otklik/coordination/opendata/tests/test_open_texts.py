"""A text for everybody names nobody, and is made once until the rules change."""

from __future__ import annotations

import pytest

from otklik.coordination.opendata import rules
from otklik.coordination.opendata.actions import for_everybody
from otklik.coordination.opendata.models import OpenText

WRITTEN = "Иванова Мария Петровна, +7 900 000-11-22. Яма на Садовой, снимок https://a.test/1.jpg"
pytestmark = pytest.mark.django_db


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    made: list[str] = []
    opened = rules.opened

    def count(text: str) -> str:
        made.append(text)
        return opened(text)

    monkeypatch.setattr("otklik.coordination.opendata.actions.opened", count)
    return made


def test_names_numbers_and_links_are_taken_out() -> None:
    shown = for_everybody([WRITTEN])[WRITTEN]
    assert "Яма на Садовой" in shown
    assert rules.LINK_MARK in shown
    for word in ("Иванова", "900", "a.test"):
        assert word not in shown
        assert not OpenText.objects.filter(text__contains=word).exists()


def test_a_text_is_made_once_until_the_rules_change(
    counted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [WRITTEN, "Яма", WRITTEN, ""]
    first = for_everybody(texts)
    assert for_everybody(texts) == first
    assert sorted(counted) == sorted({WRITTEN, "Яма"})
    assert first[""] == ""
    monkeypatch.setattr(rules, "edition", lambda: "новая редакция")
    for_everybody(texts)
    assert len(counted) == 4


def test_the_edition_is_that_of_the_files() -> None:
    assert len(rules.edition()) == 64
    assert rules.edition() == rules.edition()
