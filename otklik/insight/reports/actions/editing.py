"""Words of people, the mark of signature, the mark of delivery."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, NotFound, Refused
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.reports.actions.files import write_files
from otklik.insight.reports.events import NoteEdited, NoteEvent, NoteHandedOver, NoteSigned
from otklik.insight.reports.models import Note
from otklik.insight.reports.queries import notes_of
from otklik.insight.reports.vocabulary import NoteStatus
from otklik.language.wording import period_words, typo
from otklik.records.journal.actions import record

LONGEST_PART = 10_000


@transaction.atomic
def edit_part(*, access: Access, note_id: int, key: str, text: str) -> Note:
    """Replace the words of one section; tables and pictures stay as counted.

    Every line is a paragraph or an item of the list. Raises Conflict after
    signing, NotFound for an unknown section.
    """
    note = _draft(access, note_id)
    sections = {section["key"]: section for section in note.document["sections"]}
    if key not in sections:
        raise NotFound("Такого раздела в записке нет.", "Обновите страницу записки.")
    if len(text) > LONGEST_PART:
        raise Refused("Текст раздела слишком длинный.", "Сократите его до 10 000 знаков.")
    said = "\n".join(typo(line.strip()) for line in text.splitlines() if line.strip())
    if said == "\n".join(note.content_of(key)):
        return note
    note.parts = {**note.parts, key: said}
    note.version += 1
    note.save(update_fields=["parts", "version"])
    write_files(note)
    title = sections[key]["title"].partition("\u00a0")[2]
    _told(access, note, NoteEdited, part=title)
    return note


@transaction.atomic
def sign(*, access: Access, note_id: int) -> Note:
    """Mark the note as signed; from now on it does not change."""
    note = _draft(access, note_id)
    note.status, note.signed_at = NoteStatus.SIGNED, clock.now()
    note.signed_label = access.actor.label
    note.save(update_fields=["status", "signed_at", "signed_label"])
    _told(access, note, NoteSigned)
    return note


@transaction.atomic
def hand_over(*, access: Access, note_id: int, to: str) -> Note:
    """Mark that the signed note was given to its addressee."""
    note = _locked(access, note_id)
    if note.is_draft:
        raise Conflict("Записка ещё не подписана.", "Сначала подпишите её.")
    if not to.strip():
        raise Refused("Не сказано, кому передана записка.", "Назовите должность.")
    note.status, note.handed_over_at = NoteStatus.HANDED_OVER, clock.now()
    note.handed_over_to = to.strip()[:300]
    note.save(update_fields=["status", "handed_over_at", "handed_over_to"])
    _told(access, note, NoteHandedOver, to=note.handed_over_to)
    return note


def _draft(access: Access, note_id: int) -> Note:
    note = _locked(access, note_id)
    if not note.is_draft:
        raise Conflict(
            "Записка уже подписана и больше не меняется.",
            "Составьте новую записку за этот период.",
        )
    return note


def _locked(access: Access, note_id: int) -> Note:
    note = notes_of(access).defer(None).select_for_update().filter(pk=note_id).first()
    if note is None:
        raise NotFound("Такой записки нет или она вам не доступна.", "Откройте список записок.")
    return note


def _told(access: Access, note: Note, kind: type[NoteEvent], **more: Any) -> None:
    event = kind(
        subject_id=note.pk,
        number=note.full_number,
        period=period_words(note.since, note.until),
        **more,
    )
    actor = access.under(Permission.REPORT).actor
    record(event, actor=actor, municipality_id=note.municipality_id)
