"""Reported problems: the list, one of them, and what has changed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict

from otklik.base import clock
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import OPEN_STATUSES, Status
from otklik.coordination.opendata.actions import for_everybody
from otklik.records.journal.models import Entry
from otklik.web.api.open311.door import Jurisdiction, word
from otklik.web.api.open311.faults import Fault
from otklik.web.api.open311.formats import answer
from otklik.web.api.open311.publishing import (
    CLOSED,
    OPEN,
    answers_of,
    moment,
    published,
    state,
    told,
)

SPAN = timedelta(days=90)
MOST = 1000
CHANGES = (
    "AppealRegistered",
    "ExecutorAssigned",
    "StatusChanged",
    "AppealAnswered",
    "AppealReopened",
)


def listed(request: HttpRequest, form: str, place: Jurisdiction, given: QueryDict) -> HttpResponse:
    """By ids, else by service, dates (90 days at most) and status; newest first, 1000 at most."""
    found = published(place)
    ids = _words(given, "service_request_id")
    found = found.filter(pk__in=_numbers(ids)) if ids else _chosen(found, given)
    cases = list(found.order_by("-received_at", "-id")[:MOST])
    return answer(form, "service_requests", told(place, cases))


def one(
    request: HttpRequest, form: str, place: Jurisdiction, given: QueryDict, pk: str
) -> HttpResponse:
    cases = list(published(place).filter(pk__in=_numbers([pk])))
    if not cases:
        raise Fault.one(404, f"service_request_id «{pk}» не найден.")
    return answer(form, "service_requests", told(place, cases))


def updates(request: HttpRequest, form: str, place: Jurisdiction, given: QueryDict) -> HttpResponse:
    """Changes of published requests in a span of at most 90 days, oldest first (as FixMyStreet)."""
    since, until = span(given)
    entries = Entry.objects.filter(
        municipality_id=place.municipality.pk,
        name__in=CHANGES,
        recorded_at__gte=since,
        recorded_at__lte=until,
        case_id__in=published(place).values("pk"),
    ).order_by("id")[:MOST]
    rows = list(entries)
    cases = {case.pk: case for case in published(place).filter(pk__in={r.case_id for r in rows})}
    answers = answers_of(cases)
    shown = for_everybody(answers.values())
    told_of = [(row, cases[row.case_id]) for row in rows if row.case_id in cases]
    changes = [_update(row, case, shown[answers.get(case.pk, "")]) for row, case in told_of]
    return answer(form, "service_request_updates", changes)


def span(given: QueryDict) -> tuple[datetime, datetime]:
    """From `start_date` to `end_date`; 90 days where one of them is missing. Raises Fault 400."""
    since, until = _date(given, "start_date"), _date(given, "end_date")
    if until is None:
        until = min(since + SPAN, clock.now()) if since else clock.now()
    since = since or until - SPAN
    if since > until:
        raise Fault.one(400, "start_date позже, чем end_date.")
    if until - since > SPAN:
        raise Fault.one(400, "Между start_date и end_date больше 90 дней.")
    return since, until


def _chosen(found: QuerySet[Appeal], given: QueryDict) -> QuerySet[Appeal]:
    since, until = span(given)
    found = found.filter(received_at__gte=since, received_at__lte=until)
    codes = _words(given, "service_code")
    if codes:
        found = found.filter(topic_id__in=_numbers(codes))
    statuses = set(_words(given, "status"))
    if statuses - {OPEN, CLOSED}:
        raise Fault.one(400, "status: допустимо open, closed.")
    is_open = Q(status__in=OPEN_STATUSES)
    if statuses == {OPEN}:
        found = found.filter(is_open)
    elif statuses == {CLOSED}:
        found = found.exclude(is_open)
    return found


def _update(entry: Entry, case: Appeal, answered_with: str) -> dict[str, Any]:
    answered = entry.name == "AppealAnswered"
    status = _status_of(entry)
    return {
        "update_id": str(entry.pk),
        "service_request_id": str(case.pk),
        "status": state(status),
        "updated_datetime": moment(entry.recorded_at),
        "description": answered_with if answered else Status(status).label,
        "media_url": "",
    }


def _status_of(entry: Entry) -> str:
    after = str(entry.payload.get("after", ""))
    if after in Status.values:
        return after
    known = {
        "AppealRegistered": Status.REGISTERED,
        "AppealAnswered": Status.ANSWERED,
    }
    return known.get(entry.name, Status.ASSIGNED)


def _words(given: QueryDict, name: str) -> list[str]:
    """Values of a parameter, told several times or with commas; at most 1000."""
    values = [part.strip() for value in given.getlist(name) for part in value.split(",")]
    return [value for value in values if value][:MOST]


def _numbers(words: list[str]) -> list[int]:
    return [int(one) for one in words if one.isascii() and one.isdecimal() and len(one) < 18]


def _date(given: QueryDict, name: str) -> datetime | None:
    value = word(given, name, 40)
    if not value:
        return None
    try:
        # A plus in a query that nobody escaped comes as a space.
        found = datetime.fromisoformat(value.replace(" ", "+"))
        if found.tzinfo is None:
            raise ValueError
    except ValueError:
        raise Fault.one(
            400, f"{name}: нужны дата и время с зоной, например 2026-03-05T10:00:00Z."
        ) from None
    return found
