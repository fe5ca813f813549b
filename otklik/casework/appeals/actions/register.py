"""Registration: a number, an applicant, questions, and the fact in the journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Refused
from otklik.casework.appeals.actions.registration import (
    NewAppeal,
    NewApplicant,
    NewQuestion,
    code_hash,
    take_numbers,
)
from otklik.casework.appeals.actions.theme import theme_by
from otklik.casework.appeals.events import AppealRegistered
from otklik.casework.appeals.models import Appeal, Applicant, Question
from otklik.casework.appeals.rules.filing import check_filing
from otklik.casework.appeals.rules.naming import regime_name
from otklik.casework.appeals.vocabulary import Channel, Status
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record

MAX_TEXT = 200_000


@transaction.atomic
def register(*, access: Access, new: NewAppeal) -> Appeal:
    """Register a case and return it.

    A case that came by the same inbound message or with the same external number is returned as
    it is: repeats change nothing. Raises Refused for an empty or oversized text and Forbidden
    without the right to register. (59-ФЗ, art. 8 part 2; ust-kubinsky 4.6.в)
    """
    access = access.require(Permission.REGISTER, channel=new.channel)
    check(new)
    known = already_here(access.municipality_id, new)
    if known:
        return known
    municipality = Municipality.objects.get(pk=access.municipality_id)
    moment = clock.now()
    year = moment.astimezone(municipality.tz).year
    (number,) = take_numbers(municipality.pk, new.regime, year)
    appeal = build(new, municipality.pk, number)
    appeal.theme = theme_by(municipality.pk, new.topic_id)
    appeal.registered_at = moment
    if appeal.addressee_body_id and not appeal.addressee:
        appeal.addressee = Body.objects.values_list("name", flat=True).get(
            pk=appeal.addressee_body_id, municipality=municipality
        )
    appeal.applicant.save()
    appeal.save()
    Question.objects.bulk_create(questions_of(appeal, new))
    record(
        registered(appeal, len(new.questions) or 1, municipality.settings),
        actor=access.actor,
        municipality_id=municipality.pk,
    )
    return appeal


def check(new: NewAppeal) -> None:
    """Raise Refused when there is nothing to register."""
    if not new.text.strip():
        raise Refused("В обращении нет текста.", "Опишите вопрос хотя бы одним предложением.")
    if len(new.text) > MAX_TEXT:
        raise Refused(
            "Текст длиннее 200 000 знаков.",
            "Оставьте суть, а остальное приложите файлом.",
        )
    check_filing(new.regime, new.channel, new.received_at)


def already_here(municipality_id: int, new: NewAppeal) -> Appeal | None:
    found = Appeal.objects.filter(municipality_id=municipality_id)
    if new.inbound_message_id:
        same = found.filter(inbound_message_id=new.inbound_message_id).first()
        if same is not None or not new.external_number:
            return same
    if new.external_number:
        return found.filter(
            external_system=new.external_system, external_number=new.external_number
        ).first()
    return None


def build(new: NewAppeal, municipality_id: int, number: str) -> Appeal:
    """An unsaved case with an unsaved applicant."""
    text = new.text.replace("\x00", "").strip()
    return Appeal(
        municipality_id=municipality_id,
        number=number,
        regime=new.regime,
        channel=new.channel,
        kind=new.kind,
        status=Status.REGISTERED,
        priority=new.priority,
        applicant=_applicant(new.applicant, municipality_id),
        text=text,
        summary=summary_of(text),
        received_at=new.received_at,
        topic_id=new.topic_id,
        complained_body_id=new.complained_body_id,
        addressee=new.addressee[:320],
        addressee_body_id=new.addressee_body_id,
        settlement_id=new.place.settlement_id,
        street_id=new.place.street_id,
        house_id=new.place.house_id,
        place=new.place.text[:500],
        lat=new.place.lat,
        lon=new.place.lon,
        external_system=new.external_system,
        external_number=new.external_number,
        inbound_message_id=new.inbound_message_id,
        reply_address=new.reply_address,
        code_hash=code_hash(new.code) if new.code else "",
        fingerprint=new.fingerprint,
        fast_track=new.fast_track,
    )


def questions_of(appeal: Appeal, new: NewAppeal) -> list[Question]:
    """Unsaved questions; a case without separate questions has one, its text."""
    given = new.questions or (NewQuestion(topic_id=new.topic_id, place=new.place),)
    return [
        Question(
            appeal=appeal,
            number=number,
            text=question.text,
            topic_id=question.topic_id or (new.topic_id if number == 1 else None),
            settlement_id=(question.place or new.place).settlement_id,
            place=(question.place or new.place).text[:500],
        )
        for number, question in enumerate(given, start=1)
    ]


def registered(appeal: Appeal, questions: int, options: Mapping[str, Any]) -> AppealRegistered:
    """The fact of registration of a saved case; `options` are the settings of its centre."""
    return AppealRegistered(
        subject_id=appeal.pk,
        case_id=appeal.pk,
        number=appeal.number,
        regime=appeal.regime,
        regime_label=regime_name(appeal.regime, options),
        channel=appeal.channel,
        channel_label=Channel(appeal.channel).label,
        questions=questions,
    )


def summary_of(text: str, limit: int = 160) -> str:
    """The first words of a text, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return line[:limit].rsplit(" ", 1)[0].rstrip(",;:—- ") + "…"


def _applicant(given: NewApplicant, municipality_id: int) -> Applicant:
    return Applicant(
        municipality_id=municipality_id,
        kind=given.kind,
        name=" ".join(given.name.split())[:300],
        phone=given.phone.strip()[:50],
        email=given.email.strip().lower()[:254],
        postal_address=given.postal_address.strip()[:500],
        category=given.category[:150],
        external_profile=given.external_profile[:300],
    )
