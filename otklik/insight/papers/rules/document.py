"""A paper as data: what both DOCX and PDF are written from, so that they never differ."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

_NUMBER = re.compile(r"^\d+\.\s")


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Column(Part):
    """`width` is the share of the page; figures stand to the right."""

    title: str
    width: float
    right: bool = False


class Table(Part):
    kind: Literal["table"] = "table"
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: bool = False


class Picture(Part):
    """A drawing by its data: `columns` (by day), `bars` (by name) or `map`.

    `alt` says in words what the picture shows.
    """

    kind: Literal["picture"] = "picture"
    draw: Literal["columns", "bars", "map"]
    caption: str
    alt: str
    data: dict[str, Any]


class Section(Part):
    """`lines` are paragraphs, or items of a numbered list; people may edit them.

    `prompt` says what people are to write here; a section nobody has written falls away.
    """

    key: str
    title: str
    lines: tuple[str, ...] = ()
    numbered: bool = False
    blocks: tuple[Table | Picture, ...] = ()
    prompt: str = ""

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


class Document(Part):
    title: str
    about: str
    organisation: str
    centre: str
    addressee: str
    period: str
    number: str
    dated: str
    signer: str
    sections: tuple[Section, ...]
    method: tuple[str, ...] = ()

    def edited(self, parts: Mapping[str, str]) -> Document:
        """The same document with the words of people in place of its own."""
        sections = [
            section.model_copy(update={"lines": _lines(parts[section.key])})
            if section.key in parts
            else section
            for section in self.sections
        ]
        said = [section for section in sections if _says(section)]
        if len(said) < len(sections):
            said = numbered(said)
        return self.model_copy(update={"sections": tuple(said)})

    def texts(self) -> dict[str, str]:
        """The words of every section by its key."""
        return {section.key: section.text for section in self.sections}


def numbered(sections: Sequence[Section]) -> list[Section]:
    """Numbers before the titles that carry them, counted anew."""
    return [
        section.model_copy(update={"title": _NUMBER.sub(f"{place}.\u00a0", section.title)})
        for place, section in enumerate(sections, start=1)
    ]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _says(section: Section) -> bool:
    """A section emptied by its editor falls away, but never the numbers in it."""
    return bool(section.lines or section.blocks)
