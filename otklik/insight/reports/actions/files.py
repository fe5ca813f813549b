"""The files of a paper, written anew after every change of its words."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from otklik.insight.papers.writers.xlsx import Sheet, write_xlsx
from otklik.insight.reports.models import Note
from otklik.language.wording import period_figures
from otklik.records.attachments.actions import store

SUBJECT = "note"


def write_files(note: Note) -> None:
    """Draw, write and keep DOCX, PDF and XLSX; earlier versions stay among the attachments."""
    # Drawing takes two seconds to load: only those who draw wait for it.
    from otklik.insight.papers.writers import write_pair

    document = note.content()
    written = write_pair(document, made_at=note.created_at)
    if note.sheets:
        written["xlsx"] = write_xlsx(
            [sheet_of(one) for one in note.sheets],
            title=f"{document.title} {document.period}",
            author=document.centre,
            about=document.method,
        )
    for ending, content in written.items():
        kept = store(
            municipality_id=note.municipality_id,
            file_name=f"{file_stem(note)}.{ending}",
            content=content,
            subject=SUBJECT,
            subject_id=note.pk,
        )
        setattr(note, ending, kept)
    note.save(update_fields=["docx", "pdf", "xlsx"])


def stored(sheet: Sheet) -> dict[str, Any]:
    """The sheet as kept with the paper."""
    return asdict(sheet)


def sheet_of(kept: dict[str, Any]) -> Sheet:
    """The sheet again; JSON has words for keys and lists for pairs."""
    shares = {int(column): (pair[0], pair[1]) for column, pair in kept["shares"].items()}
    columns = [(title, width) for title, width in kept["columns"]]
    return Sheet(**{**kept, "shares": shares, "columns": columns})


def file_stem(note: Note) -> str:
    """«Записка № 3-2026 за 09.11–15.11.2026»."""
    number = note.full_number.replace("/", "-")
    return f"{note.title} № {number} за {period_figures(note.since, note.until)}"
