"""Grounds, definitions and choices of a municipality."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from django.db.models import Q

from otklik.base.errors import NotFound
from otklik.casework.appeals.models import Appeal
from otklik.casework.proceedings.models import Definition, Ground, Practice
from otklik.casework.proceedings.queries.cases import local_day
from otklik.casework.proceedings.rules.grounds import GroundTerms, in_force


def grounds_in_force(municipality_id: int, on: date) -> list[Ground]:
    """One edition of each ground: that of the day, the municipality's own before the shipped."""
    rows = Ground.objects.filter(Q(municipality=None) | Q(municipality_id=municipality_id))
    by_slug = groupby(rows.order_by("slug"), key=lambda row: row.slug)
    found = [in_force(list(editions), on) for _, editions in by_slug]
    return sorted((row for row in found if row is not None), key=lambda row: (row.order, row.slug))


def grounds_for(appeal: Appeal) -> list[GroundTerms]:
    """The grounds as they stood on the day the case was registered."""
    on = local_day(appeal, appeal.registered_at or appeal.received_at)
    return [row.terms() for row in grounds_in_force(appeal.municipality_id, on)]


def ground_for(appeal: Appeal, slug: str) -> GroundTerms:
    """One of them; raise NotFound when there was none."""
    for terms in grounds_for(appeal):
        if terms.slug == slug:
            return terms
    raise NotFound(
        "Такого основания на день регистрации обращения не было.", "Выберите другое основание."
    )


def definitions(municipality_id: int) -> dict[str, Definition]:
    """«repeat», «duplicate», «multiple» in the municipality's own words, else as shipped."""
    rows = Definition.objects.filter(Q(municipality=None) | Q(municipality_id=municipality_id))
    found: dict[str, Definition] = {}
    for row in rows:
        if row.slug not in found or row.municipality_id is not None:
            found[row.slug] = row
    return found


def practice_of(municipality_id: int) -> Practice:
    """What the municipality chose; unsaved defaults until it chooses."""
    found = Practice.objects.filter(municipality_id=municipality_id).first()
    return found or Practice(municipality_id=municipality_id)
