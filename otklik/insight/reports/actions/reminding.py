"""Papers that must be handed over: two days before the term, and once when it has passed."""

from __future__ import annotations

from datetime import date

from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.notifications.actions import tell, tell_holders
from otklik.exchange.notifications.vocabulary import NoticeKind
from otklik.insight.reports.models import Note
from otklik.insight.reports.rules.plan import BEFORE
from otklik.insight.reports.vocabulary import NoteStatus


def remind(*, municipality_id: int, today: date) -> int:
    """Each news once, however often the day is repeated (pereslavl:2.5.4, 2.5.8); how many papers
    wait. The author is told, and of papers made by schedule those who may hand them over."""
    waiting = (
        Note.objects.filter(municipality_id=municipality_id, due_on__lte=today + BEFORE)
        .exclude(status=NoteStatus.HANDED_OVER)
        .defer("document", "sheets")
        .order_by("pk")
    )
    for note in waiting:
        _tell(note, late=note.overdue(today))
    return len(waiting)


def _tell(note: Note, *, late: bool) -> None:
    state = "подписать и передать" if note.is_draft else "передать"
    said = f"{note}: срок передачи был" if late else f"{note}: нужно {state} до"
    kind = NoticeKind.OVERDUE if late else NoticeKind.DUE_SOON
    text = f"{said} {note.due_on:%d.%m.%Y}"
    url = f"/desk/notes/{note.pk}/"
    key = f"note:{note.pk}:{'late' if late else 'soon'}:{note.due_on:%Y%m%d}"
    if note.author_id is not None:
        tell(
            municipality_id=note.municipality_id,
            account_ids=[note.author_id],
            kind=kind,
            text=text,
            url=url,
            key=key,
        )
        return
    tell_holders(
        municipality_id=note.municipality_id,
        permission=Permission.REPORT,
        kind=kind,
        text=text,
        url=url,
        key=key,
        channel=note.channels[0] if len(note.channels) == 1 else None,
    )
