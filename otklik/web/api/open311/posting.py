"""A problem reported by a client of the city becomes a message of the channel Open311."""

from __future__ import annotations

import hashlib
import logging
import uuid
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict

from otklik.base import clock
from otklik.base.errors import OtklikError
from otklik.casework.appeals.models import Appeal
from otklik.casework.intake.actions import take_message
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.programs.actions import admit
from otklik.directory.programs.models import Program
from otklik.directory.programs.queries import access_of
from otklik.directory.territory.queries import settlements
from otklik.directory.topics.models import Topic
from otklik.exchange.channels.actions import accept_message
from otklik.exchange.channels.models import InboundMessage
from otklik.exchange.channels.queries import last_revision
from otklik.exchange.channels.vocabulary import ChannelKind, InboundKind
from otklik.web.api.open311.door import Jurisdiction, word
from otklik.web.api.open311.faults import Fault
from otklik.web.api.open311.formats import answer
from otklik.web.api.open311.services import SETTLEMENT, SUBTOPIC, below, service

log = logging.getLogger(__name__)
PERSON = ("first_name", "last_name", "phone", "email")


def posted(request: HttpRequest, form: str, place: Jurisdiction, given: QueryDict) -> HttpResponse:
    """Answers with `service_request_id`, or with a `token` while the case is still being made."""
    program = _admitted(place, word(given, "api_key") or word(request.GET, "api_key"))
    external_id = _external_id(request, program)
    message = _stored(request, place, given, external_id)
    case = _case_of(message)
    made = (
        {"service_request_id": str(case.pk), "service_notice": f"Номер в журнале: {case.number}"}
        if case
        else {"token": external_id, "service_notice": "Сообщение принято, номер будет позже."}
    )
    return answer(form, "service_requests", [{**made, "account_id": ""}], 201 if case else 202)


def token(
    request: HttpRequest, form: str, place: Jurisdiction, given: QueryDict, code: str
) -> HttpResponse:
    """The number that a token stands for; without it while the case is being made."""
    message = last_revision(place.account, code)
    if message is None:
        raise Fault.one(404, f"token «{code}» не найден.")
    case_id = message.case_id
    told = {"token": code, **({"service_request_id": str(case_id)} if case_id else {})}
    return answer(form, "service_requests", [told])


def _admitted(place: Jurisdiction, key: str) -> Program:
    program = admit(key).program
    if program.municipality_id != place.municipality.pk:
        raise Fault.one(403, "api_key выдан другим центром.")
    access_of(program).require(Permission.REGISTER, channel=ChannelKind.OPEN311)
    return program


def _external_id(request: HttpRequest, program: Program) -> str:
    """Nobody can guess it: a token is shown to whoever names it."""
    given = request.headers.get("Idempotency-Key", "").strip()
    if not given:
        return uuid.uuid4().hex
    return hashlib.sha256(f"{program.pk}:{given}".encode()).hexdigest()[:40]


def _stored(
    request: HttpRequest, place: Jurisdiction, given: QueryDict, external_id: str
) -> InboundMessage:
    topic = service(place, _needed(given, "service_code"))
    attributes = _attributes(given)
    where = _where(place, given, attributes.get(SETTLEMENT, ""))
    told = {name: word(given, name, 300) for name in PERSON}
    description = word(given, "description", 20_000)
    media = _media(word(given, "media_url"))
    narrower = _narrower(place, topic, attributes.get(SUBTOPIC, ""))
    parts = [description or narrower.name, *_extra(attributes), media and f"Снимок: {media}"]
    with transaction.atomic():
        message, _ = accept_message(
            account=place.account,
            external_id=external_id,
            kind=InboundKind.FORM,
            received_at=clock.now(),
            raw=_without_key(given),
            text="\n\n".join(part for part in parts if part),
            sender=told["email"] or told["phone"],
            sender_name=" ".join(filter(None, (told["last_name"], told["first_name"]))),
            thread_key=external_id,
            details={
                "applicant": {"phone": told["phone"][:50], "email": told["email"][:254]},
                "place": where,
                "topic_id": narrower.pk,
                "media_url": media,
            },
        )
    return message


def _case_of(message: InboundMessage) -> Appeal | None:
    """The case at once, so that the client need not ask again; None: the worker will make it."""
    try:
        return take_message(message_id=message.pk)
    except OtklikError:
        log.exception("message %s waits for the worker", message.pk)
        return None


def _where(place: Jurisdiction, given: QueryDict, settlement: str) -> dict[str, Any]:
    lat, lon = _degrees(given, "lat", 90), _degrees(given, "long", 180)
    words = word(given, "address_string", 500) or word(given, "address_id", 100)
    if (lat is None) != (lon is None):
        raise Fault.one(400, "Нужны и lat, и long.")
    if lat is None and not words:
        raise Fault.one(400, "Не указано место: нужны lat и long или address_string.")
    village = None
    if settlement:
        known = settlements(place.municipality.pk)
        village = known.filter(pk=int(settlement)).first() if settlement.isdecimal() else None
        if village is None:
            raise Fault.one(400, "attribute[settlement]: такого значения нет.")
    return {
        "text": words,
        "settlement_id": village.pk if village else None,
        "lat": lat,
        "lon": lon,
    }


def _degrees(given: QueryDict, name: str, most: int) -> float | None:
    value = word(given, name, 40)
    if not value:
        return None
    try:
        number = float(value)
    except ValueError:
        raise Fault.one(400, f"{name}: нужно число.") from None
    if not -most <= number <= most:
        raise Fault.one(400, f"{name}: от −{most} до {most}.")
    return number


def _narrower(place: Jurisdiction, topic: Topic, code: str) -> Topic:
    if not code:
        return topic
    for one in below(place, topic):
        if str(one.pk) == code:
            return one
    raise Fault.one(400, "attribute[subtopic]: такого значения нет.")


def _attributes(given: QueryDict) -> dict[str, str]:
    """`attribute[CODE]` and `attribute[CODE][]`; several values of one are joined."""
    found: dict[str, str] = {}
    for name in given:
        if name.startswith("attribute["):
            code = name.removeprefix("attribute[").removesuffix("[]").removesuffix("]")
            found[code[:100]] = ", ".join(given.getlist(name))[:1000].strip()
    return found


def _extra(attributes: dict[str, str]) -> list[str]:
    known = (SUBTOPIC, SETTLEMENT)
    return [f"{code}: {value}" for code, value in attributes.items() if value and code not in known]


def _media(url: str) -> str:
    """Kept as a link: the program fetches nothing that a stranger names."""
    if url and not url.startswith(("https://", "http://")):
        raise Fault.one(400, "media_url: нужен адрес, который начинается с https://.")
    return url


def _needed(given: QueryDict, name: str) -> str:
    value = word(given, name)
    if not value:
        raise Fault.one(400, f"Не указан {name}.")
    return value


def _without_key(given: QueryDict) -> bytes:
    kept = given.copy()
    kept.pop("api_key", None)
    return kept.urlencode().encode()
