"""Mailboxes and accounts: to whom a citizen wrote."""

from __future__ import annotations

from django.db.models import QuerySet

from otklik.casework.appeals.models import Door
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.queries import bodies
from otklik.directory.organisation.vocabulary import BodyKind


def doors(municipality_id: int) -> QuerySet[Door]:
    """Mailboxes and accounts with those whose they are."""
    found = Door.objects.filter(municipality_id=municipality_id)
    return found.select_related("body", "account").order_by("body__order", "body__name", "pk")


def body_behind(municipality_id: int, *, box: str, account_id: int) -> Body | None:
    """Whom a message is for: the owner of the box, else of the account; else nobody known."""
    own = doors(municipality_id)
    box = box.strip().casefold()
    door = own.filter(box=box).first() if box else None
    if door is not None:
        return door.body
    named = bodies(municipality_id).filter(email__iexact=box).first() if box else None
    if named is not None:
        return named
    door = own.filter(account_id=account_id).first()
    return door.body if door else None


def addressees(municipality_id: int) -> QuerySet[Body]:
    """Whom citizens may write to: bodies of local self-government, what they run, officials."""
    return bodies(municipality_id).exclude(kind=BodyKind.EXTERNAL)
