"""Repeats and duplicates by the municipality's own definitions."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q, QuerySet

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Status
from otklik.casework.proceedings.models import KinLink
from otklik.casework.proceedings.vocabulary import Kinship

MOST = 50


def kin_of(appeal_id: int) -> QuerySet[KinLink]:
    """Links in force, newest earlier case first."""
    found = KinLink.objects.filter(appeal_id=appeal_id, unlinked_at__isnull=True)
    return found.select_related("earlier").order_by("-earlier__received_at")


def answered_kin(appeal: Appeal) -> list[Appeal]:
    """Answered cases of the same author that this one was linked to as a repeat."""
    return [one for one in repeated_kin(appeal) if one.status == Status.ANSWERED]


def repeated_kin(appeal: Appeal) -> list[Appeal]:
    """Cases of the same author that this one was linked to as a repeat, the earliest first.

    A chain counts whole: the repeat of a repeat is linked to the first as well.
    """
    seen: dict[int, Appeal] = {}
    edge = {appeal.pk}
    while edge and len(seen) < MOST:
        links = KinLink.objects.filter(
            appeal_id__in=edge, kind=Kinship.REPEAT, unlinked_at__isnull=True
        ).select_related("earlier__applicant")
        fresh = {link.earlier_id: link.earlier for link in links if link.earlier_id not in seen}
        seen.update(fresh)
        edge = set(fresh)
    mine = [one for one in seen.values() if one.pk != appeal.pk and same_author(appeal, one)]
    return sorted(mine, key=lambda one: (one.received_at, one.pk))


def same_author(one: Appeal, other: Appeal) -> bool:
    """The same phone or mail; without both, the same full name."""
    a, b = one.applicant, other.applicant
    if a.pk == b.pk or (a.email and a.email == b.email) or (a.phone and a.phone == b.phone):
        return True
    contacts = (a.email and b.email) or (a.phone and b.phone)
    return not contacts and bool(a.name) and a.name.casefold() == b.name.casefold()


def candidates(appeal: Appeal, *, days: int) -> QuerySet[Appeal]:
    """Earlier cases of the same author by phone, mail or full name, not linked yet."""
    person = appeal.applicant
    same = Q(pk__in=[])
    if person.email:
        same |= Q(applicant__email=person.email)
    if person.phone:
        same |= Q(applicant__phone=person.phone)
    if person.name:
        same |= Q(applicant__name__iexact=person.name)
    return (
        Appeal.objects.filter(same, municipality_id=appeal.municipality_id)
        .filter(received_at__gte=appeal.received_at - timedelta(days=days))
        .filter(received_at__lte=appeal.received_at, pk__lt=appeal.pk)
        .select_related("applicant", "topic")
        .order_by("-received_at")
    )
