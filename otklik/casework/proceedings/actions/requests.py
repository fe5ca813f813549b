"""Documents of other bodies (59-ФЗ, art. 10 part 2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, NotFound, Refused
from otklik.casework.appeals.queries import visible_to
from otklik.casework.proceedings.actions.deciding import begin
from otklik.casework.proceedings.actions.mailing import write_to
from otklik.casework.proceedings.events import (
    DocumentsReceived,
    DocumentsReminded,
    DocumentsRequested,
)
from otklik.casework.proceedings.models import DocumentRequest
from otklik.casework.proceedings.queries import notice_preview
from otklik.casework.proceedings.queries.cases import REQUEST
from otklik.casework.proceedings.rules.grounds import GroundTerms
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.attachments.actions import store
from otklik.records.journal.actions import record

REMIND_EVERY = timedelta(days=3)


@transaction.atomic
def request_documents(
    *,
    access: Access,
    appeal_id: int,
    what: str,
    reason: str = "",
    body_id: int | None = None,
    addressee: str = "",
    email: str = "",
    days: int | None = None,
) -> DocumentRequest:
    """Ask another body for papers, within at most the days of the ground, by a letter at once.

    Raises Refused without an addressee, without saying what is asked, or for a longer term.
    """
    appeal, ground, _ = begin(access, appeal_id, "art10-2")
    access = access.under(
        ground.permission, body_id=appeal.executor_body_id, channel=appeal.channel
    )
    body = Body.objects.filter(pk=body_id or 0, municipality_id=appeal.municipality_id).first()
    whom = str(body) if body else " ".join(addressee.split())
    term = _term(ground, days, what, whom)
    due_on = clock.today(appeal.municipality.tz) + timedelta(days=term)
    made = DocumentRequest.objects.create(
        appeal=appeal,
        municipality_id=appeal.municipality_id,
        body=body,
        addressee=whom[:300],
        email=email.strip() or (body.email if body else ""),
        what=what.strip(),
        ground=ground.snapshot(),
        asked_at=clock.now(),
        asked_by=access.actor.label,
        due_on=due_on,
    )
    text = notice_preview(appeal, ground, {"что": made.what, "причина": reason.strip()})
    made.outbound_id = _letter(access, made, text, f"request:{made.pk}")
    made.save(update_fields=["outbound_id"])
    event = DocumentsRequested(
        subject_id=appeal.pk,
        case_id=appeal.pk,
        request_id=made.pk,
        addressee=made.addressee,
        what=made.what,
        due_on=due_on,
    )
    record(event, actor=access.actor, municipality_id=appeal.municipality_id)
    return made


@transaction.atomic
def receive_documents(
    *, access: Access, request_id: int, answer: str, files: Sequence[tuple[str, bytes]] = ()
) -> DocumentRequest:
    """The papers have come: what they are and the papers themselves."""
    made = _locked(access, request_id)
    access = access.require(
        Permission.REGISTER, body_id=made.appeal.executor_body_id, channel=made.appeal.channel
    )
    if made.received_at is not None:
        raise Conflict("Документы по этому запросу уже получены.", "Обновите карточку.")
    if not answer.strip() and not files:
        raise Refused(
            "Не указано, что получено (ст. 10 ч. 2 № 59-ФЗ).",
            "Напишите, какие документы пришли, или приложите их.",
        )
    made.received_at, made.answer = clock.now(), answer.strip()
    made.save(update_fields=["received_at", "answer"])
    for name, content in files:
        store(
            municipality_id=made.municipality_id,
            file_name=name,
            content=content,
            subject=REQUEST,
            subject_id=made.pk,
        )
    event = DocumentsReceived(
        subject_id=made.appeal_id,
        case_id=made.appeal_id,
        request_id=made.pk,
        addressee=made.addressee,
        late=clock.today(made.municipality.tz) > made.due_on,
    )
    record(event, actor=access.actor, municipality_id=made.municipality_id)
    return made


@transaction.atomic
def remind_of_documents(*, access: Access, request_id: int) -> DocumentRequest:
    """Send a reminder of a request not answered yet, at most once a day."""
    made = _locked(access, request_id)
    access = access.require(
        Permission.REGISTER, body_id=made.appeal.executor_body_id, channel=made.appeal.channel
    )
    if made.received_at is not None:
        raise Conflict("Документы уже получены.", "Обновите карточку.")
    now = clock.now()
    zone = made.municipality.tz
    last = made.reminded_at
    if last is not None and last.astimezone(zone).date() == now.astimezone(zone).date():
        raise Refused(
            "Сегодня об этом запросе уже напомнили (ст. 10 ч. 2 № 59-ФЗ).",
            "Позвоните или напомните завтра.",
        )
    made.reminded_at = now
    made.save(update_fields=["reminded_at"])
    text = (
        f"Напоминаем о запросе по обращению № {made.appeal.number}: {made.what}. "
        f"Срок — до {made.due_on:%d.%m.%Y} (ст. 10 ч. 2 № 59-ФЗ)."
    )
    _letter(access, made, text, f"request:{made.pk}:reminder:{now:%Y%m%d}")
    event = DocumentsReminded(
        subject_id=made.appeal_id,
        case_id=made.appeal_id,
        request_id=made.pk,
        addressee=made.addressee,
    )
    record(event, actor=access.actor, municipality_id=made.municipality_id)
    return made


def remind_overdue(*, municipality_id: int) -> int:
    """Remind of every request past its term, not oftener than every third day; how many."""
    place = Municipality.objects.get(pk=municipality_id)
    access = Access.system(municipality_id, "Напоминания о документах")
    now, done = clock.now(), 0
    waiting = DocumentRequest.objects.filter(
        municipality_id=municipality_id, received_at__isnull=True, due_on__lt=clock.today(place.tz)
    )
    for made in waiting.order_by("pk"):
        if made.reminded_at is None or made.reminded_at <= now - REMIND_EVERY:
            remind_of_documents(access=access, request_id=made.pk)
            done += 1
    return done


def _term(ground: GroundTerms, days: int | None, what: str, whom: str) -> int:
    most = ground.days or 15
    if not whom:
        raise Refused(
            f"Не указано, у кого запрашивать документы ({ground.named}).",
            "Выберите орган или впишите адресата.",
        )
    if not what.strip():
        raise Refused(f"Не указано, какие документы нужны ({ground.named}).", "Перечислите их.")
    term = most if days is None else days
    if not 1 <= term <= most:
        raise Refused(
            f"Документы представляют не дольше {most} дней ({ground.named}).",
            f"Укажите от 1 до {most} дней.",
        )
    return term


def _locked(access: Access, request_id: int) -> DocumentRequest:
    made = (
        DocumentRequest.objects.select_for_update(of=("self",))
        .select_related("appeal", "municipality")
        .filter(pk=request_id, appeal__in=visible_to(access).values("pk"))
        .first()
    )
    if made is None:
        raise NotFound("Такого запроса нет.", "Обновите страницу.")
    return made


def _letter(access: Access, made: DocumentRequest, text: str, key: str) -> int:
    return write_to(
        access=access,
        appeal=made.appeal,
        addressee=made.addressee,
        email=made.email,
        subject=f"Запрос документов по обращению № {made.appeal.number}",
        text=f"{made.addressee}\n\n{text}",
        key=key,
    ).pk
