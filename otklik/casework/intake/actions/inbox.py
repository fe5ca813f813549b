"""What a person does with a thing of the intake queue. Nothing is deleted."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet

from otklik.base import clock
from otklik.base.errors import NotFound, Refused
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.queries import visible_to
from otklik.casework.intake.actions.messages import add_to_case, new_of
from otklik.casework.intake.actions.take import take
from otklik.casework.intake.events import (
    InboxAnswered,
    InboxJoined,
    InboxSetAside,
    InboxTakenBack,
)
from otklik.casework.intake.models import ImportRowResult, SetAside
from otklik.casework.intake.queries.inbox import (
    Incoming,
    message_of,
    row_result_of,
    thing_of,
    things_of,
)
from otklik.casework.intake.vocabulary import InboxKind, InboxState
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels.actions import hold, link_case, queue_message
from otklik.exchange.channels.models import InboundMessage
from otklik.exchange.channels.vocabulary import ChannelKind, Purpose
from otklik.records.journal.actions import record

MOST = 200
Thing = tuple[str, int]


@transaction.atomic
def register_message(*, access: Access, message_id: int) -> Appeal:
    """Make a case of a waiting message as it stands, also of one the program could not read.

    Raises NotFound when it is a case already, Forbidden without the right in its channel.
    """
    message = _held(access, message_id)
    access = access.require(Permission.REGISTER, channel=message.channel)
    appeal = take(access=access, new=new_of(message))
    return join_case(access=access, thing=(InboxKind.MESSAGE, message_id), appeal=appeal)


@transaction.atomic
def attach_to_case(*, access: Access, thing: Thing, number: str) -> Appeal:
    """Say which case a thing belongs to; a message becomes its additional material.

    Raises NotFound for an unknown number or a thing that has left the queue.
    """
    wanted = number.strip().lstrip("№").strip()
    appeal = visible_to(access).filter(number__iexact=wanted).first() if wanted else None
    if appeal is None:
        raise NotFound(f"Обращения № {wanted or '…'} нет.", "Проверьте номер в списке обращений.")
    access = access.require(Permission.REGISTER, channel=thing_of(access, *thing).channel)
    return join_case(access=access, thing=thing, appeal=appeal)


@transaction.atomic
def join_case(*, access: Access, thing: Thing, appeal: Appeal) -> Appeal:
    """The thing leaves the queue for this case; raise NotFound when it has left it before."""
    kind, pk = thing
    if kind == InboxKind.ROW:
        row = row_result_of(access, pk)
        ImportRowResult.objects.filter(pk=row.pk).update(appeal=appeal)
    else:
        message = _held(access, pk)
        link_case(message_id=pk, case_id=appeal.pk)
        message.case_id = appeal.pk
        add_to_case(access, message)
    _return(SetAside.objects.filter(kind=kind, target_id=pk))
    record(
        InboxJoined(subject_id=pk, case_id=appeal.pk, kind=kind, number=appeal.number),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )
    return appeal


@transaction.atomic
def set_aside(*, access: Access, things: Iterable[Thing], reason: str) -> str:
    """Put things that are no appeals aside; returns the key by which all are taken back.

    Raises Refused without a reason, NotFound when one of them has left the queue.
    """
    reason, wanted = reason.strip()[:500], list(dict.fromkeys(things))
    if not reason:
        raise Refused("Не сказано, почему отложено.", "Напишите причину: её увидят в журнале.")
    if not wanted:
        raise Refused("Ничего не отмечено.", "Отметьте строки, которые нужно отложить.")
    if len(wanted) > MOST:
        raise Refused(f"За один раз откладывают не больше {MOST}.", "Отметьте меньше строк.")
    batch = uuid4().hex
    for thing in things_of(access, wanted):
        _put_aside(access, thing, reason, batch)
    return batch


@transaction.atomic
def take_back(*, access: Access, batch: str = "", thing: Thing | None = None) -> int:
    """Return what was put aside by one action, or one thing, to the queue; how many."""
    found = SetAside.objects.select_for_update().filter(
        municipality_id=access.municipality_id, returned_at__isnull=True
    )
    found = found.filter(kind=thing[0], target_id=thing[1]) if thing else found.filter(batch=batch)
    rows = list(found)
    returned = things_of(access, [(row.kind, row.target_id) for row in rows]) if rows else []
    for one in returned:
        record(
            InboxTakenBack(subject_id=one.pk, kind=one.kind),
            actor=access.require(Permission.REGISTER, channel=one.channel).actor,
            municipality_id=access.municipality_id,
        )
    _return(SetAside.objects.filter(pk__in=[row.pk for row in rows]))
    return len(rows)


@transaction.atomic
def answer_without_case(*, access: Access, message_id: int, text: str) -> None:
    """Answer a letter that is no appeal; it is put aside. Raises Refused for other channels."""
    message = _held(access, message_id)
    access = access.require(Permission.REGISTER, channel=message.channel)
    access = access.require(Permission.SEND, channel=message.channel)
    if message.channel != ChannelKind.EMAIL or not message.sender:
        raise Refused(
            "Так отвечают только на письма по электронной почте.",
            "Зарегистрируйте обращение и ответьте из его карточки.",
        )
    if not text.strip() or "…" in text:
        raise Refused("Ответ не дописан.", "Выберите образец и заполните места «…».")
    queue_message(
        municipality_id=access.municipality_id,
        actor=access.actor,
        channel=message.channel,
        purpose=Purpose.SERVICE,
        recipient=message.sender,
        subject=f"Re: {message.subject}" if message.subject else "Ответ на ваше письмо",
        text=text.strip(),
        reply_to=[message.external_id],
        key=f"inbox-answer:{message_id}",
    )
    record(
        InboxAnswered(subject_id=message_id, kind=InboxKind.MESSAGE),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )
    thing = thing_of(access, InboxKind.MESSAGE, message_id)
    _put_aside(access, thing, "Отвечено без регистрации", uuid4().hex)


def _held(access: Access, message_id: int) -> InboundMessage:
    """The waiting message, while nobody else takes it."""
    hold(message_of(access, message_id))
    return InboundMessage.objects.get(pk=message_of(access, message_id).pk)


def _put_aside(access: Access, thing: Incoming, reason: str, batch: str) -> None:
    acting = access.require(Permission.REGISTER, channel=thing.channel)
    if thing.state == InboxState.ASIDE:
        return
    SetAside.objects.create(
        municipality_id=access.municipality_id,
        kind=thing.kind,
        target_id=thing.pk,
        reason=reason,
        batch=batch,
        set_at=clock.now(),
        set_label=acting.actor.label,
    )
    record(
        InboxSetAside(subject_id=thing.pk, kind=thing.kind, reason=reason),
        actor=acting.actor,
        municipality_id=access.municipality_id,
    )


def _return(found: QuerySet[SetAside]) -> None:
    found.filter(returned_at__isnull=True).update(returned_at=clock.now())
