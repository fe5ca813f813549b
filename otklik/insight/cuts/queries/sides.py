"""Conditions of a cut that the list of cases does not know, said of rows."""

from __future__ import annotations

from django.db.models import Q

from otklik.insight.cuts.rules.links import NOT_SET, Also
from otklik.insight.cuts.rules.sides import MIDDLE, SHORT, WORDS, column_of
from otklik.insight.cuts.vocabulary import Dimension, Term

_TERMS: dict[str, Q] = {
    Term.SHORT: Q(days_taken__lte=SHORT),
    Term.MIDDLE: Q(days_taken__gt=SHORT, days_taken__lte=MIDDLE),
    Term.LONG: Q(days_taken__gt=MIDDLE),
}


def fitting(also: Also) -> Q:
    """Facts that fit all these conditions; `rules.sides.fits` says the same of packs."""
    found = Q()
    for side, key in also:
        found &= _fits(side, key)
    return found


def _fits(side: Dimension, key: str) -> Q:
    column, unset = column_of(side), key == NOT_SET
    if side == Dimension.BLOCK:
        return Q(block_ids=[]) if unset else Q(block_ids__contains=[int(key)])
    if side == Dimension.TERM:
        return Q(days_taken__isnull=True) if unset else _TERMS.get(key, Q(pk__in=[]))
    if side == Dimension.WEEKDAY:
        return Q(received_on__iso_week_day=int(key)) if not unset else Q(pk__in=[])
    if side in WORDS:
        return Q(**{column: "" if unset else key})
    return Q(**{f"{column}__isnull": True} if unset else {column: int(key)})
