"""Who was given data of the map, and which screens show it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.heatmap.models import Screen, Supply


def supplies(access: Access) -> QuerySet[Supply]:
    """All of the municipality for whom its whole analysis is open, else one's own."""
    access = access.require_any(Permission.ANALYTICS)
    found = Supply.objects.filter(municipality_id=access.municipality_id)
    if access.reach(Permission.ANALYTICS).everywhere:
        return found
    return found.filter(author_id=access.account_id)


def screens(access: Access, now: datetime) -> QuerySet[Screen]:
    """One's own screens that still work; all of them for whoever sets the centre up."""
    access = access.require_any(Permission.ANALYTICS)
    found = Screen.objects.filter(
        municipality_id=access.municipality_id, revoked_at__isnull=True, until__gt=now
    )
    if access.may(Permission.SET_UP):
        return found.select_related("account")
    return found.select_related("account").filter(account_id=access.account_id or 0)


def screen_by(digest: str, now: datetime) -> Screen | None:
    """The working screen of this key."""
    return (
        Screen.objects.select_related("account", "municipality")
        .filter(digest=digest, revoked_at__isnull=True, until__gt=now, account__is_active=True)
        .first()
    )
