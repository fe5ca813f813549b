"""Words of people, the term, the mark of signature, the mark of delivery."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, Forbidden, NotFound, Refused
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.reports.actions.files import write_files
from otklik.insight.reports.actions.keeping import keep_version, told
from otklik.insight.reports.catalogue import kinds
from otklik.insight.reports.events import NoteEdited, NoteHandedOver, NoteSigned, NoteTermsSet
from otklik.insight.reports.models import Note
from otklik.insight.reports.queries.notes import MISSING, notes_of
from otklik.insight.reports.queries.personal import personal_in
from otklik.insight.reports.vocabulary import NoteStatus, Way
from otklik.language.wording import typo

LONGEST_PART = 10_000
SIGNERS = "Подписывает руководитель центра: тот, кто готовит отчёты по всему муниципалитету."


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """To whom, when, how, and under which letter (or at which address it is published)."""

    to: str
    on: date | None = None
    way: str = ""
    letter: str = ""


@transaction.atomic
def edit_part(*, access: Access, note_id: int, key: str, text: str) -> Note:
    """Replace the words of one section; tables and pictures stay as counted.

    Every line is a paragraph or an item of the list. Raises Conflict after
    signing, NotFound for an unknown section.
    """
    note = _draft(access, note_id)
    sections = {section["key"]: section for section in note.document["sections"]}
    if key not in sections:
        raise NotFound("Такого раздела в документе нет.", "Обновите страницу документа.")
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
    keep_version(note, what=f"Изменён раздел «{title}»", by=access.actor.label)
    told(access, note, NoteEdited, part=title)
    return note


@transaction.atomic
def set_terms(*, access: Access, note_id: int, due_on: date | None, recipient: str) -> Note:
    """By when and to whom the paper is to be handed over; Conflict when it already was."""
    note = _locked(access, note_id)
    if note.is_handed_over:
        raise Conflict("Документ уже передан.", "Срок и адресат остались в его карточке.")
    if due_on is not None and due_on < note.since:
        raise Refused("Срок раньше начала периода.", "Проверьте дату.")
    note.due_on, note.recipient = due_on, recipient.strip()[:300]
    note.save(update_fields=["due_on", "recipient"])
    due = f"{due_on:%d.%m.%Y}" if due_on else ""
    told(access, note, NoteTermsSet, recipient=note.recipient, due=due)
    return note


@transaction.atomic
def sign(*, access: Access, note_id: int) -> Note:
    """Mark the paper as signed; from now on it does not change.

    Whoever reports for the whole municipality signs, or for the body whose report it is. A paper
    for the public is refused while personal data are found in it.
    """
    note = _draft(access, note_id)
    _may_sign(access, note)
    kind = kinds().get(note.kind)
    if kind is not None and kind.public:
        found = personal_in(note.content())
        if found:
            raise Refused(
                f"В документе для сайта есть персональные данные: раздел «{found}».",
                "Уберите их из текста раздела и подпишите снова.",
            )
    note.status, note.signed_at = NoteStatus.SIGNED, clock.now()
    note.signed_label = access.actor.label
    note.save(update_fields=["status", "signed_at", "signed_label"])
    told(access, note, NoteSigned)
    return note


@transaction.atomic
def hand_over(*, access: Access, note_id: int, delivery: Delivery) -> Note:
    """Mark that the signed paper was given to its addressee (pereslavl:2.5.8, novoduginsky:2.5.5).

    A mark made wrong is made again. Raises Conflict before signing, Refused for a day to come.
    """
    note = _locked(access, note_id)
    if note.is_draft:
        raise Conflict("Документ ещё не подписан.", "Сначала подпишите его.")
    if not delivery.to.strip():
        raise Refused("Не сказано, кому передан документ.", "Назовите должность.")
    if delivery.way and delivery.way not in Way.values:
        raise Refused("Такого способа передачи нет.", "Выберите способ из списка.")
    today = clock.today(note.municipality.tz)
    on = delivery.on or today
    if on > today:
        raise Refused("День передачи ещё не наступил.", "Укажите сегодняшний или прошедший день.")
    note.status, note.handed_over_at, note.handed_over_on = NoteStatus.HANDED_OVER, clock.now(), on
    note.handed_over_to, note.way = delivery.to.strip()[:300], delivery.way
    note.letter = delivery.letter.strip()[:300]
    note.save(
        update_fields=[
            "status", "handed_over_at", "handed_over_on", "handed_over_to", "way", "letter",
        ]
    )  # fmt: skip
    way = Way(note.way).label if note.way else ""
    told(access, note, NoteHandedOver, to=note.handed_over_to, way=way, letter=note.letter)
    return note


def _may_sign(access: Access, note: Note) -> None:
    everything = access.reach(Permission.REPORT).everywhere
    own = note.body_id is not None and access.allows(Permission.REPORT, body_id=note.body_id)
    if not (everything or own):
        raise Forbidden("Подписать этот документ вы не можете.", SIGNERS)


def _draft(access: Access, note_id: int) -> Note:
    note = _locked(access, note_id)
    if not note.is_draft:
        raise Conflict(
            "Документ уже подписан и больше не меняется.",
            "Составьте новый за этот период.",
        )
    return note


def _locked(access: Access, note_id: int) -> Note:
    found = notes_of(access).defer(None).filter(pk=note_id)
    note = found.select_for_update(of=("self",)).select_related("municipality").first()
    if note is None:
        raise NotFound(*MISSING)
    return note
