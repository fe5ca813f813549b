"""Every state of a paper is kept, and told in the journal."""

from __future__ import annotations

from typing import Any

from otklik.base import clock
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.reports.events import NoteEvent
from otklik.insight.reports.models import Note, NoteVersion
from otklik.language.wording import period_words
from otklik.records.journal.actions import record


def keep_version(note: Note, *, what: str, by: str) -> None:
    NoteVersion.objects.create(
        note=note,
        number=note.version,
        content=note.content().model_dump(mode="json"),
        what=what[:300],
        made_at=clock.now(),
        made_by=by,
    )


def told(access: Access, note: Note, kind: type[NoteEvent], **more: Any) -> None:
    event = kind(
        subject_id=note.pk,
        number=note.full_number,
        period=period_words(note.since, note.until),
        paper=note.title,
        **more,
    )
    actor = access.under(Permission.REPORT).actor
    record(event, actor=actor, municipality_id=note.municipality_id)
