"""Preparing a consultation here and placing it there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Refused
from otklik.casework.consultations import events
from otklik.casework.consultations.actions.common import held, told
from otklik.casework.consultations.models import Consultation, Option
from otklik.casework.consultations.queries import keeping, people_for
from otklik.casework.consultations.rules import checked_link, checked_options
from otklik.casework.consultations.vocabulary import (
    ON_PLATFORM,
    ConsultationKind,
    ConsultationState,
)
from otklik.casework.consultations.writers import placing_docx
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access

DRAFT = ConsultationState.DRAFT


@dataclass(frozen=True)
class NewConsultation:
    """What is prepared; a discussion may do without options."""

    kind: str
    title: str
    question: str
    starts_on: date
    ends_on: date
    basis: str
    options: Sequence[str] = ()
    several: bool = False
    responsible_id: int | None = None


@transaction.atomic
def save(
    *, access: Access, new: NewConsultation, consultation_id: int | None = None
) -> Consultation:
    """Prepare one, or change one that has not been placed yet. Raises Refused."""
    options = _checked(access, new)
    if consultation_id is None:
        access = keeping(access)
        one = Consultation(
            municipality_id=access.municipality_id,
            created_at=clock.now(),
            created_label=access.actor.label,
        )
    else:
        access, one = held(access, consultation_id, (DRAFT,))
    one.kind, one.title, one.question = new.kind, new.title.strip(), new.question.strip()
    one.starts_on, one.ends_on, one.basis = new.starts_on, new.ends_on, new.basis.strip()
    one.several, one.responsible_id = new.several, new.responsible_id
    one.exported_at = None
    one.save()
    one.options.all().delete()
    Option.objects.bulk_create(
        Option(consultation=one, number=number, text=text)
        for number, text in enumerate(options, start=1)
    )
    told(access, events.ConsultationSaved(subject_id=one.pk, what=one.title))
    return one


@transaction.atomic
def export(*, access: Access, consultation_id: int) -> tuple[str, bytes]:
    """The file with which it is placed in the cabinet: name and DOCX."""
    access, one = held(access, consultation_id, (DRAFT, *ON_PLATFORM))
    content = placing_docx(one, [option.text for option in one.options.all()])
    one.exported_at = clock.now()
    one.save(update_fields=["exported_at"])
    told(access, events.ConsultationExported(subject_id=one.pk, what=one.title))
    return f"ПОС {one.pk} {one.get_kind_display()}.docx", content


@transaction.atomic
def place(*, access: Access, consultation_id: int, number: str, link: str) -> Consultation:
    """It stands on ПОС now; a second time corrects the number and the link."""
    access, one = held(access, consultation_id, (DRAFT, *ON_PLATFORM))
    if not number.strip() and not link.strip():
        raise Refused(
            "Не сказано, где мероприятие в ПОС.", "Впишите его номер или ссылку из кабинета."
        )
    one.number, one.link = number.strip()[:100], checked_link(link)
    one.placed_at = one.placed_at or clock.now()
    begins = one.state == DRAFT
    if begins:
        one.state = ConsultationState.PLACED
    one.save()
    placed = events.ConsultationPlaced(
        subject_id=one.pk, what=one.title, number=one.number, link=one.link
    )
    told(access, placed)
    if begins and one.starts_on <= _today(access):
        start(access, one)
    return one


def start(access: Access, one: Consultation) -> None:
    """Its first day has come."""
    one.state = ConsultationState.RUNNING
    one.save(update_fields=["state"])
    told(access, events.ConsultationStarted(subject_id=one.pk, what=one.title))


def _checked(access: Access, new: NewConsultation) -> list[str]:
    if new.kind not in ConsultationKind.values:
        raise Refused("Не выбран вид.", "Выберите: обсуждение, опрос или голосование.")
    for text, what in ((new.title, "название"), (new.question, "вопрос"), (new.basis, "основание")):
        if not text.strip():
            raise Refused(f"Не заполнено поле «{what}».", "Заполните его.")
    if new.ends_on < new.starts_on:
        raise Refused("Окончание раньше начала.", "Исправьте даты.")
    people = {account.pk for account in people_for(access)}
    if new.responsible_id is not None and new.responsible_id not in people:
        raise Refused("Ответственный не работает с ПОС.", "Выберите другого из списка.")
    return checked_options(new.options, needed=new.kind != ConsultationKind.DISCUSSION)


def _today(access: Access) -> date:
    return clock.today(Municipality.objects.get(pk=access.municipality_id).tz)
