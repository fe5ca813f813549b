"""Telling those who are asked: a notice under the bell, or a letter with a one-time link."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.casework.replies.queries import token_hash
from otklik.casework.teamwork.events import RequestReminded
from otklik.casework.teamwork.models import InfoRequest, RequestLink
from otklik.casework.teamwork.queries import people_of
from otklik.casework.teamwork.queries.leads import leads_of
from otklik.casework.teamwork.rules import reminder_due
from otklik.casework.teamwork.vocabulary import RequestKind, RequestState
from otklik.directory.calendars.queries import calendar_for
from otklik.directory.organisation.models import Municipality
from otklik.exchange.channels.actions import queue_message
from otklik.exchange.channels.vocabulary import ChannelKind, Purpose
from otklik.exchange.notifications.actions import tell
from otklik.exchange.notifications.vocabulary import NoticeKind
from otklik.records.journal.actions import record

LIFE = timedelta(days=30)
REMINDER_HOUR = 9


def announce(request: InfoRequest, actor: Actor, *, again: bool = False) -> None:
    """Notice to the people of the body and the heads of its block; a letter when the body has no
    people or an address is given."""
    people = people_of(request.municipality_id, request.body_id) if request.body_id else []
    leads = leads_of(request.municipality_id, request.body_id) if request.body_id else []
    tell_people(request, sorted({*people, *leads}), again=again)
    if request.email:
        mail(request, actor, again=again)


def tell_people(request: InfoRequest, people: list[int], *, again: bool) -> None:
    zone = request.municipality.tz
    term = f"{request.due_at.astimezone(zone):%d.%m.%Y}"
    what = RequestKind(request.kind).label
    text = f"{what.capitalize()} по обращению №\u00a0{request.appeal.number}, срок {term}."
    if again:
        text = f"Просрочен ответ: {what} по обращению №\u00a0{request.appeal.number}, был {term}."
    day = f":{clock.today(zone)}" if again else ""
    tell(
        municipality_id=request.municipality_id,
        account_ids=people,
        kind=NoticeKind.OVERDUE if again else NoticeKind.ASKED,
        text=text,
        url=f"/desk/requests/{request.pk}/",
        case_id=request.appeal_id,
        key=f"request:{request.pk}{day}",
    )


def mail(request: InfoRequest, actor: Actor, *, again: bool) -> None:
    """A letter with a one-time link; an answer to the letter itself is taken as well."""
    token = secrets.token_urlsafe(32)
    link = RequestLink.objects.create(
        request=request,
        token_hash=token_hash(token),
        created_at=clock.now(),
        expires_at=max(clock.now(), request.due_at) + LIFE,
    )
    what = RequestKind(request.kind).label.capitalize()
    term = f"{request.due_at.astimezone(request.municipality.tz):%d.%m.%Y}"
    late = f"Ответа ещё нет, срок был {term}. Напоминаем:\n\n" if again else ""
    sent = queue_message(
        municipality_id=request.municipality_id,
        actor=actor,
        channel=ChannelKind.EMAIL,
        purpose=Purpose.TASK,
        recipient=request.email,
        subject=f"{what}: обращение № {request.appeal.number}",
        text=(
            f"{late}{request.text}\n\nСрок ответа: {term}.\n\n"
            "Ответьте на это письмо или откройте ссылку, входить в систему не нужно:\n"
            f"{settings.PUBLIC_URL}/a/requests/{token}/\n\n"
            "Ссылка одноразовая. Не пересылайте её."
        ),
        case_id=request.appeal_id,
        key=f"request:{request.pk}:{link.pk}",
    )
    link.outbound_id = sent.pk
    link.save(update_fields=["outbound_id"])


def remind_overdue(*, municipality_id: int) -> int:
    """Remind of overdue requests once a working day, at nine of the local clock; how many."""
    centre = Municipality.objects.get(pk=municipality_id)
    local = clock.now().astimezone(centre.tz)
    if local.hour != REMINDER_HOUR:
        return 0
    working = calendar_for(municipality_id).is_working(local.date())
    overdue = InfoRequest.objects.filter(
        municipality_id=municipality_id, state=RequestState.ASKED, due_at__lt=local
    )
    return sum(
        _remind(pk)
        for pk, due, told in overdue.values_list("pk", "due_at", "reminded_on")
        if reminder_due(due, told, local, working)
    )


@transaction.atomic
def _remind(pk: int) -> bool:
    request = (
        InfoRequest.objects.select_for_update(of=("self",))
        .select_related("municipality", "appeal", "body")
        .get(pk=pk)
    )
    today = clock.today(request.municipality.tz)
    if request.state != RequestState.ASKED or request.reminded_on == today:
        return False
    request.reminded_on = today
    request.save(update_fields=["reminded_on"])
    actor = Actor.system("Напоминания")
    announce(request, actor, again=True)
    record(
        RequestReminded(
            subject_id=request.pk, case_id=request.appeal_id, addressee=request.addressee
        ),
        actor=actor,
        municipality_id=request.municipality_id,
    )
    return True
