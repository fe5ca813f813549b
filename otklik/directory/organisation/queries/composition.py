"""Lists of the organisation: bodies, roles, who holds them."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from otklik.base.errors import NotFound
from otklik.directory.organisation.models import Appointment, Body, Municipality, Role
from otklik.directory.organisation.queries.access import appointments_in_force


def municipality_by_slug(slug: str) -> Municipality:
    """Raise NotFound when there is none."""
    try:
        return Municipality.objects.get(slug=slug)
    except Municipality.DoesNotExist:
        raise NotFound(
            f"Муниципалитета «{slug}» в этой установке нет.",
            "Список: «otklik preset list»; создать: «otklik preset apply ИМЯ».",
        ) from None


def bodies(municipality_id: int) -> QuerySet[Body]:
    """Active bodies in the centre's own order."""
    return Body.objects.filter(municipality_id=municipality_id, is_active=True)


def roles_with_grants(municipality_id: int) -> QuerySet[Role]:
    return Role.objects.filter(municipality_id=municipality_id).prefetch_related("grants")


def vacant_roles(municipality_id: int, on: date) -> QuerySet[Role]:
    """Roles that nobody holds on the day (novoduginsky:2.1)."""
    held = appointments_in_force(on).filter(role__municipality_id=municipality_id)
    return Role.objects.filter(municipality_id=municipality_id).exclude(
        pk__in=held.values("role_id")
    )


def composition(municipality_id: int, on: date) -> QuerySet[Appointment]:
    """Who holds which role on the day, with the basis of each appointment (dedovichi:10)."""
    return (
        appointments_in_force(on)
        .filter(role__municipality_id=municipality_id)
        .select_related("account", "role", "body", "block")
        .order_by("role__order", "since", "pk")
    )


def bodies_without(role_slug: str, municipality_id: int, on: date) -> QuerySet[Body]:
    """Active bodies for which nobody holds the role on the day (dedovichi:15)."""
    held = appointments_in_force(on).filter(
        role__municipality_id=municipality_id, role__slug=role_slug, body__isnull=False
    )
    return bodies(municipality_id).exclude(pk__in=held.values("body_id"))
