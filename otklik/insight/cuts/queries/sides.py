"""Dimensions said of facts: what they are grouped by, and the condition of one key."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import (
    ExtractIsoWeekDay,
    TruncMonth,
    TruncQuarter,
    TruncWeek,
    TruncYear,
)

from otklik.casework.appeals.models import Appeal
from otklik.insight.cuts.rules.links import NOT_SET, Also
from otklik.insight.cuts.vocabulary import Dimension, Term

_SHORT, _MIDDLE = 15, 30
_TERMS: dict[str, Q] = {
    Term.SHORT: Q(days_taken__lte=_SHORT),
    Term.MIDDLE: Q(days_taken__gt=_SHORT, days_taken__lte=_MIDDLE),
    Term.LONG: Q(days_taken__gt=_MIDDLE),
}
_COLUMNS = {
    Dimension.TOPIC: "topic_id",
    Dimension.TOPIC_GROUP: "topic_group",
    Dimension.THEME: "theme",
    Dimension.BODY: "body_id",
    Dimension.BLOCK: "block_ids",
    Dimension.CHANNEL: "channel",
    Dimension.SETTLEMENT: "settlement_id",
    Dimension.DISTRICT: "district_id",
    Dimension.APPLICANT_KIND: "applicant_kind",
    Dimension.KIND: "kind",
    Dimension.REGIME: "regime",
    Dimension.STATUS: "status",
    Dimension.RESULT: "result",
    Dimension.REPETITION: "repetition",
    Dimension.SCORE: "score",
    Dimension.DAY: "received_on",
}
_TEXTS = (
    Dimension.TOPIC_GROUP, Dimension.THEME, Dimension.CHANNEL, Dimension.APPLICANT_KIND,
    Dimension.KIND, Dimension.REGIME, Dimension.STATUS, Dimension.RESULT, Dimension.REPETITION,
)  # fmt: skip
_ADDRESSEE = Appeal.objects.filter(pk=OuterRef("appeal_id")).values("addressee_body_id")[:1]
_MADE: dict[Dimension, Any] = {
    Dimension.ADDRESSEE: Subquery(_ADDRESSEE),
    Dimension.TERM: Case(*(When(when, then=Value(str(term))) for term, when in _TERMS.items())),
    Dimension.WEEKDAY: ExtractIsoWeekDay("received_on"),
    Dimension.WEEK: TruncWeek("received_on"),
    Dimension.MONTH: TruncMonth("received_on"),
    Dimension.QUARTER: TruncQuarter("received_on"),
    Dimension.YEAR: TruncYear("received_on"),
}


def expression(side: Dimension) -> Any:
    """What facts are grouped by; of a block, the list of blocks of the body."""
    return F(_COLUMNS[side]) if side in _COLUMNS else _MADE[side]


def fitting(also: Also) -> Q:
    """Facts that fit all conditions the list of cases does not know."""
    found = Q()
    for side, key in also:
        found &= _fits(side, key)
    return found


def _fits(side: Dimension, key: str) -> Q:
    unset = key == NOT_SET
    if side == Dimension.BLOCK:
        return Q(block_ids=[]) if unset else Q(block_ids__contains=[int(key)])
    if side == Dimension.TERM:
        return Q(days_taken__isnull=True) if unset else _TERMS.get(key, Q(pk__in=[]))
    if side == Dimension.WEEKDAY:
        return Q(received_on__iso_week_day=int(key)) if not unset else Q(pk__in=[])
    if side == Dimension.ADDRESSEE:
        cases = Appeal.objects.filter(
            **{"addressee_body__isnull": True} if unset else {"addressee_body": int(key)}
        )
        return Q(appeal_id__in=cases.order_by().values("pk"))
    if side in _TEXTS:
        return Q(**{_COLUMNS[side]: "" if unset else key})
    return Q(**{f"{_COLUMNS[side]}__isnull": True} if unset else {_COLUMNS[side]: int(key)})
