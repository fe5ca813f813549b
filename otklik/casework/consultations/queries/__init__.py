"""Reading what is held on ПОС: for those who answer for it, and for everybody on the portal."""

from __future__ import annotations

from django.db.models import Count, Prefetch, Q, QuerySet

from otklik.base import clock
from otklik.base.errors import NotFound
from otklik.casework.appeals.vocabulary import Channel
from otklik.casework.consultations.models import FILES, Comment, Consultation, Option
from otklik.casework.consultations.vocabulary import (
    ON_PLATFORM,
    PUBLIC,
    CommentState,
)
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.queries import accesses_of
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.attachments.models import Attachment
from otklik.records.attachments.queries import files_of


def may_keep(access: Access) -> bool:
    """Whether the person places things on ПОС."""
    return access.allows(Permission.SEND, channel=Channel.POS)


def keeping(access: Access) -> Access:
    """The access under the role that answers for ПОС; Forbidden without one."""
    return access.require(Permission.SEND, channel=Channel.POS)


def consultations(access: Access) -> QuerySet[Consultation]:
    """Of this municipality, those that end last first; `waiting` counts comments to look at."""
    access = keeping(access)
    found = Consultation.objects.filter(municipality_id=access.municipality_id)
    waiting = Count("comments", filter=Q(comments__state=CommentState.WAITING))
    return found.select_related("responsible").annotate(waiting=waiting).order_by("-ends_on", "-pk")


def consultation_of(access: Access, consultation_id: int) -> Consultation:
    found = consultations(access).filter(pk=consultation_id).prefetch_related("options").first()
    if found is None:
        raise NotFound("Такого мероприятия нет.", "Вернитесь к списку мероприятий ПОС.")
    return found


def comments_of(one: Consultation) -> QuerySet[Comment]:
    """Those to decide upon first; the caller has checked the consultation."""
    found = one.comments.select_related("appeal").defer("appeal__text", "appeal__search")
    # «waiting» is the last of the states by the alphabet too.
    return found.order_by("-state", "-pk")


def protocols_of(one: Consultation) -> QuerySet[Attachment]:
    return files_of(FILES, [one.pk])


def people_for(access: Access) -> list[Account]:
    """Who may answer for something on ПОС today, by name."""
    today = clock.today(Municipality.objects.get(pk=access.municipality_id).tz)
    able = [pk for pk, one in accesses_of(access.municipality_id, today).items() if may_keep(one)]
    return list(Account.objects.filter(pk__in=able, is_active=True).order_by("full_name", "pk"))


def public_of(
    municipality_id: int, most: int = 50
) -> tuple[list[Consultation], list[Consultation]]:
    """What the portal shows: (on ПОС now, over); nothing personal; two queries.

    Votes are given only where the results are published.
    """
    found = Consultation.objects.filter(municipality_id=municipality_id, state__in=PUBLIC)
    options = Prefetch("options", Option.objects.order_by("number"))
    rows = list(found.prefetch_related(options).order_by("-ends_on", "-pk")[:most])
    now = [one for one in rows if one.state in ON_PLATFORM]
    over = [one for one in rows if one.state not in ON_PLATFORM]
    return sorted(now, key=lambda one: one.ends_on), over


def any_public(municipality_id: int) -> bool:
    return Consultation.objects.filter(municipality_id=municipality_id, state__in=PUBLIC).exists()


__all__ = [
    "any_public",
    "comments_of",
    "consultation_of",
    "consultations",
    "keeping",
    "may_keep",
    "people_for",
    "protocols_of",
    "public_of",
]
