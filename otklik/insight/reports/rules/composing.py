"""The frame of every paper: who writes to whom, of what and of which days. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from otklik.insight.papers.rules import Document, Section
from otklik.language.wording import NBSP, capital, period_words, typo


@dataclass(frozen=True, kw_only=True)
class Frame:
    """`scope` says what is counted when it is not everything; `plain` when the title of the paper
    says as much already; `card` names the centre in full."""

    organisation: str
    centre: str
    addressee: str
    signer: str
    since: date
    until: date
    scope: str = ""
    card: str = ""
    plain: bool = False


def framed(
    frame: Frame,
    *,
    title: str,
    about: str,
    sections: Iterable[Section | None],
    method: Iterable[str],
) -> Document:
    """Sections are numbered; those that are None are not there."""
    said = [section for section in sections if section is not None]
    return Document(
        title=title,
        about=f"{about} ({frame.scope})" if frame.scope and not frame.plain else about,
        organisation=frame.organisation,
        centre=frame.centre,
        addressee=frame.addressee,
        period=f"за{NBSP}период {period_words(frame.since, frame.until)}",
        number="",
        dated="",
        signer=frame.signer,
        sections=tuple(_typed(section, place) for place, section in enumerate(said, start=1)),
        method=tuple(typo(line) for line in (*method, *_by_whom(frame))),
    )


def _by_whom(frame: Frame) -> Iterable[str]:
    if frame.scope:
        yield f"Учтены только обращения и сообщения {frame.scope}."
    if frame.card:
        yield f"Документ подготовил {frame.card}."


def _typed(section: Section, place: int) -> Section:
    return section.model_copy(
        update={
            "title": f"{place}.{NBSP}{section.title}",
            "lines": tuple(typo(capital(line)) for line in section.lines),
        }
    )
