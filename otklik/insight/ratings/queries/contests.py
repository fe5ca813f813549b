"""Contested cases: who may contest, who decides, what waits."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from otklik.base.errors import NotFound
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.ratings.models import Contest
from otklik.insight.ratings.queries.counting import sees_whole
from otklik.insight.ratings.queries.snapshots import own_bodies
from otklik.insight.ratings.vocabulary import System

HEADING = (Permission.INSTRUCT, Permission.SIGN)
"""Held for the whole municipality beside the whole analysis, either makes a head of the centre."""


def may_head(access: Access, channel: str = "") -> bool:
    """Whether this person publishes ratings and decides on contested cases."""
    led = (access.reach(right) for right in HEADING)
    return sees_whole(access, channel) and any(
        (one.at(channel) if channel else one).everywhere for one in led
    )


def may_make(access: Access, channel: str = "") -> bool:
    """Whether this person makes snapshots: sees the whole, and reports or heads."""
    reach = access.reach(Permission.REPORT)
    reports = (reach.at(channel) if channel else reach).everywhere
    return may_head(access, channel) or (reports and sees_whole(access, channel))


def may_contest(access: Access, body_id: int, channel: str) -> bool:
    """Those who answer for the body and those who lead it."""
    rights = (Permission.DRAFT, Permission.APPROVE)
    return any(access.allows(one, body_id=body_id, channel=channel or None) for one in rights)


def contests_of(access: Access) -> QuerySet[Contest]:
    """Contested cases this person may read: of his bodies, or all where he sees the whole."""
    found = Q(pk__in=[])
    for system in System:
        if sees_whole(access, system.channel):
            found |= Q(snapshot__system=system)
        else:
            own = own_bodies(access, system.channel)
            found |= Q(snapshot__system=system, body_id__in=own)
    return Contest.objects.filter(found, municipality_id=access.municipality_id).select_related(
        "snapshot", "body"
    )


def contest_of(access: Access, pk: int) -> Contest:
    found = contests_of(access).filter(pk=pk).first()
    if found is None:
        raise NotFound("Такого оспаривания нет.", "Вернитесь к списку.")
    return found
