"""A call or a message comes once, however often it is sent; an edit becomes a revision."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.base.errors import NotFound
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Status
from otklik.directory.organisation.rules import Access
from otklik.exchange.channels.actions import accept_message, mark_published
from otklik.exchange.channels.connectors.base import NewFile
from otklik.exchange.channels.models import ChannelAccount, InboundMessage, OutboundMessage
from otklik.exchange.channels.queries import last_revision
from otklik.exchange.channels.vocabulary import (
    DONE_STATES,
    ChannelKind,
    InboundKind,
    OutboundState,
    Purpose,
)
from otklik.records.journal.actions import record_read
from otklik.web.api.answers import BadFields, json_answer
from otklik.web.api.incoming.schemas import CallSent, MessageSent, PlacementSent
from otklik.web.api.incoming.signed import read, signed

GIVEN_OUT = (OutboundState.TO_CARRY, *DONE_STATES)


@signed("POST")
def call(request: HttpRequest, account: ChannelAccount, at: int) -> HttpResponse:
    """A call of the line 122: number, time, text, operator, link to the recording."""
    given: CallSent = read(CallSent, request)
    told = [given.text, f"Запись разговора: {given.recording}" if given.recording else ""]
    return _accept(
        account,
        given,
        at,
        request.body,
        kind=InboundKind.CALL,
        text="\n\n".join(part for part in told if part),
        sender=given.phone,
        sender_name=given.name,
        details={
            "applicant": {"phone": given.phone},
            "place": {"text": given.address},
            "operator": given.operator,
            "recording": given.recording,
        },
    )


@signed("POST")
def message(request: HttpRequest, account: ChannelAccount, at: int) -> HttpResponse:
    """A message of «Активный гражданин», a regional portal or any other system."""
    given: MessageSent = read(MessageSent, request)
    if (given.lat is None) != (given.lon is None):
        raise BadFields([("lat", "нужны и lat, и lon")])
    try:
        files = [NewFile(name=one.name, content=one.opened()) for one in given.files]
    except ValueError as error:
        raise BadFields([("files", str(error))]) from None
    author = given.author
    return _accept(
        account,
        given,
        at,
        request.body,
        kind=InboundKind.FORM,
        text=given.text,
        subject=given.subject,
        sender=author.profile or author.email or author.phone,
        sender_name=author.name,
        attachments=files,
        details={
            "applicant": {
                "phone": author.phone,
                "email": author.email,
                "external_profile": author.profile,
            },
            "place": {"text": given.address, "lat": given.lat, "lon": given.lon},
            "url": given.url,
        },
    )


@signed("GET")
def status(
    request: HttpRequest, account: ChannelAccount, at: int, external_id: str
) -> HttpResponse:
    """What became of a message, and the answer once it is given out."""
    stored = last_revision(account, external_id)
    if stored is None:
        raise NotFound(
            f"Сообщения «{external_id}» от вас не было.", "Проверьте номер или пришлите его снова."
        )
    return json_answer(_told(account, stored))


@signed("POST")
def placement(
    request: HttpRequest, account: ChannelAccount, at: int, external_id: str
) -> HttpResponse:
    """The other system has shown the answer to its author; told twice, it is noted once."""
    given: PlacementSent = read(PlacementSent, request)
    stored = last_revision(account, external_id)
    if stored is None or stored.case_id is None:
        raise NotFound(
            f"Сообщения «{external_id}» от вас не было.", "Проверьте номер или пришлите его снова."
        )
    access = Access.system(account.municipality_id, f"Канал «{account.title}»")
    waiting = OutboundMessage.objects.filter(
        case_id=stored.case_id,
        municipality_id=account.municipality_id,
        channel=account.kind,
        state=OutboundState.TO_CARRY,
    )
    ids = list(waiting.order_by("pk").values_list("pk", flat=True))
    for message_id in ids:
        mark_published(access=access, message_id=message_id, external_url=given.url)
    return json_answer({"id": external_id, "placed": len(ids)})


def _accept(
    account: ChannelAccount,
    given: CallSent | MessageSent,
    at: int,
    raw: bytes,
    *,
    kind: InboundKind,
    text: str,
    details: dict[str, Any],
    **more: Any,
) -> HttpResponse:
    if given.at > clock.now():
        raise BadFields([("at", "это время ещё не наступило")])
    with transaction.atomic():
        stored, new = accept_message(
            account=account,
            external_id=given.id,
            kind=kind,
            received_at=given.at,
            raw=raw,
            text=text,
            thread_key=given.id,
            version=at,
            details={**details, "external_number": given.id[:100]},
            **more,
        )
        ChannelAccount.objects.filter(pk=account.pk).update(
            worked_at=clock.now(), last_error="", failures=0
        )
    place = {"kind": account.kind, "external_id": given.id}
    answer = {
        "id": given.id,
        "accepted": new,
        "revision": stored.revision,
        "files_refused": stored.file_problems,
        "status_url": reverse("api:intake-status", kwargs=place),
    }
    return json_answer(answer, 202 if new else 200)


def _told(account: ChannelAccount, stored: InboundMessage) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": stored.external_id,
        "channel": account.kind,
        "channel_label": ChannelKind(account.kind).label,
        "accepted_at": stored.taken_at.isoformat(),
        "revision": stored.revision,
        "case": None,
        "answers": [],
    }
    case = Appeal.objects.filter(
        pk=stored.case_id or 0, municipality_id=account.municipality_id
    ).first()
    if case is None:
        return told
    answers = OutboundMessage.objects.filter(
        case_id=case.pk, purpose=Purpose.ANSWER, state__in=GIVEN_OUT
    ).order_by("created_at", "pk")
    told["case"] = {
        "number": case.number,
        "status": case.status,
        "status_label": Status(case.status).label,
        "open": case.is_open,
        "registered_at": _moment(case.registered_at),
        "due_at": _moment(case.due_at),
        "answered_at": _moment(case.answered_at),
    }
    told["answers"] = [
        {"text": one.text, "at": _moment(one.sent_at or one.created_at)} for one in answers
    ]
    if told["answers"]:
        record_read(
            [case.pk],
            actor=Actor.system(f"Канал «{account.title}»"),
            municipality_id=account.municipality_id,
            purpose="программа: ответ по сообщению",
        )
    return told


def _moment(value: datetime | None) -> str | None:
    return value.isoformat() if value else None
