"""The list filter of cases, said of facts."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from otklik.casework.appeals.queries import matching
from otklik.casework.appeals.rules.filters import AppealFilter, edges_of, places_of
from otklik.casework.appeals.vocabulary import OPEN_STATUSES
from otklik.directory.organisation.rules import Access
from otklik.directory.territory.queries import on_map
from otklik.insight.cuts.queries.sides import fitting
from otklik.insight.cuts.rules.links import Also
from otklik.insight.cuts.vocabulary import Counted
from otklik.insight.facts.models import QuestionFact
from otklik.insight.facts.queries import visible_to

OPEN = Q(status__in=[str(status) for status in OPEN_STATUSES])
_COLUMNS = {
    "status": "status",
    "regime": "regime",
    "channel": "channel",
    "topic": "topic_id",
    "topic_group": "topic_group",
    "body": "body_id",
    "addressee": "addressee_id",
    "settlement": "settlement_id",
    "theme": "theme",
    "repetition": "repetition",
    "score": "score",
    "since": "received_on__gte",
    "until": "received_on__lte",
    "answered_since": "answered_on__gte",
    "answered_until": "answered_on__lte",
}
_FLAGS = {
    "open": OPEN,
    "repeated": Q(repeated=True),
    "reopened": Q(reopened__gt=0),
    "unassigned": OPEN & Q(body_id__isnull=True),
    "no_place": Q(settlement_id__isnull=True),
    "no_point": Q(lat__isnull=True),
    "no_topic": Q(topic_id__isnull=True),
    "no_theme": Q(theme=""),
    "no_body": Q(body_id__isnull=True),
    "scored": Q(score__isnull=False),
    "late": Q(answered_at__gt=F("due_at")),
    "in_time": Q(answered_at__lte=F("due_at")),
}
_SAID_HERE = {*_COLUMNS, *_FLAGS, "overdue", "closing", "bbox", "places", "area", "cells"}


def facts_of(
    access: Access, wanted: AppealFilter, counted: Counted, now: datetime, also: Also = ()
) -> QuerySet[QuestionFact]:
    """Visible facts that fit the filter: one a case, or one a question.

    What facts do not hold (words of the text, street, dates of the term) is
    asked of the cases themselves, which this person must then be able to see.
    """
    given = {field.name: getattr(wanted, field.name) for field in fields(AppealFilter)}
    given = {name: value for name, value in given.items() if value not in (None, "", False)}
    found = visible_to(access).filter(_condition(given, now) & fitting(also))
    for edges, condition in on_map(wanted.area, wanted.cells, F("lon"), F("lat")):
        found = found.filter(_within(edges), condition)
    if counted == Counted.APPEALS:
        found = found.filter(is_first=True)
    beyond = {name: given[name] for name in given if name not in _SAID_HERE}
    if beyond:
        cases = matching(access, replace(AppealFilter(), **beyond))
        found = found.filter(appeal_id__in=cases.order_by().values("pk"))
    return found


def overdue(now: datetime) -> Q:
    return OPEN & Q(due_at__lt=now)


def closing(now: datetime) -> Q:
    """Answered or past the term: what a body can be judged by."""
    return Q(status="answered") | overdue(now)


def _condition(given: dict[str, Any], now: datetime) -> Q:
    condition = Q(**{_COLUMNS[name]: given[name] for name in given if name in _COLUMNS})
    for name in given:
        if name in _FLAGS:
            condition &= _FLAGS[name]
    condition &= _inside(given.get("bbox", ""))
    if "places" in given:
        condition &= Q(settlement_id__in=places_of(given["places"]))
    if "closing" in given:
        condition &= closing(now)
    return condition & overdue(now) if "overdue" in given else condition


def _inside(bbox: str) -> Q:
    edges = edges_of(bbox)
    return Q() if edges is None else _within(edges)


def _within(edges: tuple[float, float, float, float]) -> Q:
    west, south, east, north = edges
    return Q(lon__gte=west, lon__lt=east, lat__gte=south, lat__lt=north)
