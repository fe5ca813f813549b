"""A case as everybody may see it: words masked, the point of others' reports made coarse."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime, Status
from otklik.casework.replies.models import Reply
from otklik.casework.replies.vocabulary import ReplyStatus
from otklik.exchange.channels.connectors.open311.settings import EXACT, NEAR
from otklik.language.masking import for_publication
from otklik.web.api.open311.door import Jurisdiction

OPEN, CLOSED = "open", "closed"
LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)


def published(place: Jurisdiction) -> QuerySet[Appeal]:
    """Cases that the centre shows: never an обращение under 59-ФЗ, never one without a topic."""
    found = Appeal.objects.filter(municipality=place.municipality, topic__isnull=False)
    found = found.exclude(regime=Regime.LAW59)
    if place.settings.publish == "own":
        found = found.filter(channel=Channel.OPEN311)
    elif place.settings.publish == "none":
        found = found.none()
    return found.select_related("topic", "executor_body", "settlement").defer("search")


def told(place: Jurisdiction, cases: list[Appeal]) -> list[dict[str, Any]]:
    """The requests with what was answered; one query."""
    answers = answers_of(case.pk for case in cases)
    return [_request(place, case, answers.get(case.pk, "")) for case in cases]


def answers_of(ids: Iterable[int]) -> dict[int, str]:
    """The last answer sent in each case, masked."""
    sent = Reply.objects.filter(appeal_id__in=list(ids), status=ReplyStatus.SENT)
    rows = sent.order_by("sent_at", "pk").values_list("appeal_id", "text")
    return {pk: masked(text) for pk, text in dict(rows).items()}


@lru_cache(maxsize=4096)
def masked(text: str) -> str:
    """Without personal data and without links, which nobody has looked at.

    Kept by the text itself: lists show the same cases again and again.
    """
    return LINK.sub("[ссылка]", for_publication(text).text)


def state(status: str) -> str:
    return OPEN if Appeal(status=status).is_open else CLOSED


def moment(value: datetime | None) -> str:
    """W3C date and time with zone, to the second; empty for none."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if value else ""


def _request(place: Jurisdiction, case: Appeal, answer: str) -> dict[str, Any]:
    ours = case.channel == Channel.OPEN311
    digits = EXACT if ours else NEAR
    topic = case.topic
    return {
        "service_request_id": str(case.pk),
        "status": state(case.status),
        "status_notes": answer or Status(case.status).label,
        "service_name": topic.name if topic else "",
        "service_code": str(case.topic_id),
        "description": masked(case.text) if place.settings.texts else "",
        "agency_responsible": case.executor_body.name if case.executor_body else "",
        "service_notice": f"Номер в журнале: {case.number}",
        "requested_datetime": moment(case.received_at),
        "updated_datetime": moment(case.answered_at or case.registered_at or case.received_at),
        "expected_datetime": moment(case.due_at),
        "address": _address(case, exact=ours),
        "address_id": "",
        "zipcode": "",
        **_point(case, digits),
        "media_url": "",
    }


def _address(case: Appeal, *, exact: bool) -> str:
    if exact and case.place:
        return masked(case.place)
    return str(case.settlement) if case.settlement else ""


def _point(case: Appeal, digits: int) -> dict[str, Any]:
    """Absent, not empty, when the point is unknown: clients read numbers."""
    if case.lat is None or case.lon is None:
        return {}
    return {"lat": round(case.lat, digits), "long": round(case.lon, digits)}
