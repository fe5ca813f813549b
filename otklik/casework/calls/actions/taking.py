"""A call on the line: a new case, or a word about an earlier one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import NotFound, Refused
from otklik.casework.appeals.actions import NewAppeal, NewApplicant, PlaceGiven
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.queries import visible_to
from otklik.casework.appeals.vocabulary import Channel, Priority, Regime
from otklik.casework.calls.actions.calling_back import ask_call_back
from otklik.casework.calls.events import CallTaken
from otklik.casework.calls.models import Call
from otklik.casework.intake.actions import take
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record


@dataclass(frozen=True, kw_only=True)
class CallGiven:
    """What the operator wrote down. `key` is the same when the card is sent twice."""

    key: str
    text: str
    phone: str = ""
    name: str = ""
    place: PlaceGiven = field(default_factory=PlaceGiven)
    topic_id: int | None = None
    pressing: bool = False
    about_id: int | None = None
    call_back: bool = False
    call_back_at: datetime | None = None


@transaction.atomic
def take_call(*, access: Access, given: CallGiven) -> Call:
    """Register a case (a message, regime «122»), or note the call in the story of an earlier one.

    Raises Forbidden; Refused for an empty text or a call-back without a number; NotFound for an
    earlier case that the person may not see. The same key again returns the same call.
    """
    access = access.require(Permission.REGISTER, channel=Channel.HOTLINE122)
    # The row of the centre orders two clicks on one button.
    Municipality.objects.select_for_update(no_key=True).get(pk=access.municipality_id)
    known = Call.objects.filter(municipality_id=access.municipality_id, key=given.key).first()
    if known:
        return known
    if not given.text.strip():
        raise Refused("Не записано, о чём звонок.", "Запишите одним предложением.")
    if given.call_back and not given.phone.strip():
        raise Refused("Не записан номер, по которому перезвонить.", "Впишите номер телефона.")
    appeal = _earlier(access, given.about_id) if given.about_id else _new(access, given)
    call = Call.objects.create(
        municipality_id=access.municipality_id,
        appeal=appeal,
        key=given.key,
        phone=given.phone,
        text=given.text.strip(),
        is_new=not given.about_id,
        taken_at=clock.now(),
        taken_label=access.actor.label[:300],
    )
    if given.about_id:
        event = CallTaken(subject_id=call.pk, case_id=appeal.pk)
        record(event, actor=access.actor, municipality_id=access.municipality_id)
    if given.call_back:
        ask_call_back(
            access=access, appeal_id=appeal.pk, phone=given.phone, next_at=given.call_back_at
        )
    return call


def _earlier(access: Access, appeal_id: int) -> Appeal:
    found = visible_to(access).filter(pk=appeal_id).first()
    if found is None:
        raise NotFound("Такого обращения нет.", "Выберите его в списке под номером.")
    return found


def _new(access: Access, given: CallGiven) -> Appeal:
    return take(
        access=access,
        new=NewAppeal(
            regime=Regime.HOTLINE,
            channel=Channel.HOTLINE122,
            text=given.text.strip(),
            received_at=clock.now(),
            applicant=NewApplicant(name=given.name.strip(), phone=given.phone.strip()),
            place=given.place,
            topic_id=given.topic_id,
            priority=Priority.HIGH if given.pressing else Priority.NORMAL,
        ),
    )
