"""A case as everybody may see it: words masked, the point of others' reports made coarse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime, Status
from otklik.casework.replies.models import Reply
from otklik.casework.replies.vocabulary import ReplyStatus
from otklik.coordination.opendata.actions import for_everybody
from otklik.exchange.channels.connectors.open311.settings import EXACT, NEAR
from otklik.web.api.open311.door import Jurisdiction

OPEN, CLOSED = "open", "closed"


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
    """The requests with what was answered; two queries."""
    answers = answers_of(case.pk for case in cases)
    words = [case.text for case in cases] if place.settings.texts else []
    shown = for_everybody([*words, *(case.place for case in cases), *answers.values()])
    return [_request(case, answers.get(case.pk, ""), shown) for case in cases]


def answers_of(ids: Iterable[int]) -> dict[int, str]:
    """The last answer sent in each case, as it was written."""
    sent = Reply.objects.filter(appeal_id__in=list(ids), status=ReplyStatus.SENT)
    return dict(sent.order_by("sent_at", "pk").values_list("appeal_id", "text"))


def state(status: str) -> str:
    return OPEN if Appeal(status=status).is_open else CLOSED


def moment(value: datetime | None) -> str:
    """W3C date and time with zone, to the second; empty for none."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if value else ""


def _request(case: Appeal, answer: str, shown: Mapping[str, str]) -> dict[str, Any]:
    """`shown`: texts fit for everybody by what was written; a text left out is not shown."""
    ours = case.channel == Channel.OPEN311
    digits = EXACT if ours else NEAR
    topic = case.topic
    return {
        "service_request_id": str(case.pk),
        "status": state(case.status),
        "status_notes": shown.get(answer) or Status(case.status).label,
        "service_name": topic.name if topic else "",
        "service_code": str(case.topic_id),
        "description": shown.get(case.text, ""),
        "agency_responsible": case.executor_body.name if case.executor_body else "",
        "service_notice": f"Номер в журнале: {case.number}",
        "requested_datetime": moment(case.received_at),
        "updated_datetime": moment(case.answered_at or case.registered_at or case.received_at),
        "expected_datetime": moment(case.due_at),
        "address": shown[case.place] if ours and case.place else _settlement(case),
        "address_id": "",
        "zipcode": "",
        **_point(case, digits),
        "media_url": "",
    }


def _settlement(case: Appeal) -> str:
    return str(case.settlement) if case.settlement else ""


def _point(case: Appeal, digits: int) -> dict[str, Any]:
    """Absent, not empty, when the point is unknown: clients read numbers."""
    if case.lat is None or case.lon is None:
        return {}
    return {"lat": round(case.lat, digits), "long": round(case.lon, digits)}
