"""What a person has been told."""

from __future__ import annotations

from django.db.models import QuerySet

from otklik.directory.organisation.rules import Access
from otklik.exchange.notifications.models import Notice


def visible_to(access: Access) -> QuerySet[Notice]:
    """A person's own notices in this municipality, newest first."""
    if access.account_id is None:
        return Notice.objects.none()
    return Notice.objects.filter(
        account_id=access.account_id, municipality_id=access.municipality_id
    )


def told_by(key: str) -> set[int]:
    """Accounts that have been told this news."""
    return set(Notice.objects.filter(key=key).values_list("account_id", flat=True))


def unread(access: Access) -> QuerySet[Notice]:
    return visible_to(access).filter(read_at__isnull=True)


def unread_count(access: Access) -> int:
    """The number on the bell; counting stops at 100."""
    return unread(access)[:100].count()


def recent(access: Access, limit: int = 50) -> list[Notice]:
    return list(visible_to(access)[:limit])
