"""The whole note in order."""

from __future__ import annotations

from datetime import date

from otklik.insight.papers.rules import Document, Section
from otklik.insight.reports.rules.figures import WeeklyNote
from otklik.insight.reports.rules.sections import (
    advice,
    bodies,
    errors,
    flow,
    method,
    opinions,
    places,
    risks,
    summary,
    topics,
)
from otklik.language.wording import NBSP, capital, date_words, period_words, typo

_ORDER = (
    summary.section,
    flow.section,
    topics.section,
    places.section,
    opinions.section,
    errors.section,
    bodies.section,
    risks.section,
    advice.section,
)


def compose(note: WeeklyNote, *, number: str = "", dated: date | None = None) -> Document:
    """The document of the note; a section with nothing to say is not there."""
    found = [section for make in _ORDER if (section := make(note)) is not None]
    return Document(
        title="Аналитическая записка",
        about="о работе с обращениями и сообщениями граждан и организаций",
        organisation=note.municipality,
        centre=note.centre,
        addressee=note.addressee,
        period=f"за{NBSP}период {period_words(note.since, note.until)}",
        number=f"№{NBSP}{number}" if number else "",
        dated=date_words(dated) if dated else "",
        signer=note.signer,
        sections=tuple(_typed(section, place) for place, section in enumerate(found, start=1)),
        method=tuple(typo(line) for line in method.lines(note)),
    )


def _typed(section: Section, place: int) -> Section:
    return section.model_copy(
        update={
            "title": f"{place}.{NBSP}{section.title}",
            "lines": tuple(typo(capital(line)) for line in section.lines),
        }
    )
