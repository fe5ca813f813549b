"""Calling back: the task, its tries, its end."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, Forbidden, NotFound, Refused
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.queries import visible_to
from otklik.casework.calls.events import CallBackAsked, CallTried
from otklik.casework.calls.models import CallBack, CallTry
from otklik.casework.calls.queries import may_call
from otklik.casework.calls.rules import next_try
from otklik.casework.calls.vocabulary import CallBackState, CallResult
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record


@transaction.atomic
def ask_call_back(
    *, access: Access, appeal_id: int, phone: str, next_at: datetime | None = None, about: str = ""
) -> CallBack:
    """Put down that the applicant is to be rung; a task that waits already gets the new time.

    Raises Forbidden, NotFound; Refused without a number or for a time that is past.
    """
    appeal = _case(access, appeal_id)
    access = access.under(Permission.REGISTER, Permission.SEND, channel=appeal.channel)
    moment = clock.now()
    if not phone.strip():
        raise Refused("Не записан номер, по которому перезвонить.", "Впишите номер телефона.")
    if next_at and next_at < moment:
        raise Refused("Время звонка уже прошло.", "Назначьте его на будущее.")
    task = CallBack.objects.select_for_update().filter(
        appeal=appeal, state=CallBackState.WAITING
    ).first() or CallBack(
        municipality_id=access.municipality_id,
        appeal=appeal,
        asked_at=moment,
        asked_label=access.actor.label[:300],
    )
    task.phone, task.next_at = phone.strip()[:50], next_at or moment
    task.about = about.strip()[:500] or task.about
    task.save()
    event = CallBackAsked(
        subject_id=task.pk, case_id=appeal.pk, next_at=_words(access, task.next_at)
    )
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return task


@transaction.atomic
def note_attempt(
    *,
    access: Access,
    call_back_id: int,
    result: CallResult,
    note: str = "",
    next_at: datetime | None = None,
    give_up: bool = False,
) -> CallBack:
    """Write a try down. Not reached: the next one is at `next_at`, or after the usual pause.

    Raises Conflict when the task is closed; Refused for giving up without a word why.
    """
    task = (
        CallBack.objects.select_for_update()
        .filter(municipality_id=access.municipality_id, pk=call_back_id)
        .first()
    )
    if task is None:
        raise NotFound("Такой задачи нет.", "Обновите список звонков.")
    appeal = _case(access, task.appeal_id)
    access = access.under(Permission.REGISTER, Permission.SEND, channel=appeal.channel)
    if task.state != CallBackState.WAITING:
        raise Conflict("По этой задаче уже отметили итог.", "Обновите список звонков.")
    if give_up and not note.strip():
        raise Refused("Не сказано, почему больше не звонить.", "Напишите одной фразой.")
    moment = clock.now()
    if next_at and next_at < moment:
        raise Refused("Время следующей попытки уже прошло.", "Назначьте его на будущее.")
    CallTry.objects.create(
        call_back=task,
        at=moment,
        result=result,
        note=note.strip()[:1000],
        actor_label=access.actor.label[:300],
    )
    task.tries += 1
    then = _move(task, result, moment, next_at=next_at, give_up=give_up)
    task.save()
    event = CallTried(
        subject_id=task.pk,
        case_id=task.appeal_id,
        result=CallResult(result).label,
        then=f"Следующая попытка: {_words(access, then)}" if then else "",
    )
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return task


def _move(
    task: CallBack, result: CallResult, moment: datetime, *, next_at: datetime | None, give_up: bool
) -> datetime | None:
    """The moment of the next try; None when the task is over."""
    again = None if give_up else next_try(result, task.tries, moment)
    if again is None:
        reached = result == CallResult.REACHED
        task.state = CallBackState.REACHED if reached else CallBackState.GIVEN_UP
        task.closed_at = moment
        return None
    task.next_at = next_at or again
    return task.next_at


def _case(access: Access, appeal_id: int) -> Appeal:
    appeal = visible_to(access).filter(pk=appeal_id).first()
    if appeal is None:
        raise NotFound("Такого обращения нет.", "Обновите список.")
    if not may_call(access, appeal):
        raise Forbidden(
            "У вас нет права звонить заявителям этого канала.",
            "Звонят те, кто регистрирует или отправляет ответы.",
        )
    return appeal


def _words(access: Access, moment: datetime) -> str:
    zone = Municipality.objects.get(pk=access.municipality_id).tz
    return f"{moment.astimezone(zone):%d.%m.%Y, %H:%M}"
