"""The files of a note, written anew after every change of its words."""

from __future__ import annotations

from otklik.insight.reports.models import Note
from otklik.language.wording import period_figures
from otklik.records.attachments.actions import store

SUBJECT = "note"


def write_files(note: Note) -> None:
    """Draw, write and keep DOCX and PDF; earlier versions stay among the attachments."""
    # Drawing takes two seconds to load: only those who draw wait for it.
    from otklik.insight.papers.writers import draw_all, write_docx, write_pdf

    document = note.content()
    pictures = draw_all(document)
    written = {
        "docx": write_docx(document, pictures, made_at=note.created_at),
        "pdf": write_pdf(document, pictures, made_at=note.created_at),
    }
    for ending, content in written.items():
        kept = store(
            municipality_id=note.municipality_id,
            file_name=f"{file_stem(note)}.{ending}",
            content=content,
            subject=SUBJECT,
            subject_id=note.pk,
        )
        setattr(note, ending, kept)
    note.save(update_fields=["docx", "pdf"])


def file_stem(note: Note) -> str:
    """«Записка № 3-2026 за 09.11–15.11.2026»."""
    number = note.full_number.replace("/", "-")
    return f"Записка № {number} за {period_figures(note.since, note.until)}"
