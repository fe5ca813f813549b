"""Which doors there are, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db.models import Count, QuerySet

from otklik.base.errors import NotFound, OtklikError
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.exchange.channels.queries import installation_key
from otklik.exchange.channels.rules.sealing import unseal
from otklik.exchange.signin.models import ExternalDoor, RoleRule
from otklik.exchange.signin.vocabulary import DoorKind
from otklik.exchange.vendors.esia.checks import Check, check
from otklik.exchange.vendors.esia.profiles import DEFAULT, PROFILES, Profile


def doors(access: Access) -> QuerySet[ExternalDoor]:
    """All doors of the centre, with `rules_count`."""
    found = ExternalDoor.objects.filter(municipality_id=access.municipality_id)
    return found.annotate(rules_count=Count("rules"))


def door_of(access: Access, pk: int) -> ExternalDoor:
    found = doors(access).filter(pk=pk).first()
    if found is None:
        raise NotFound("Такого внешнего входа нет.", "Вернитесь к списку.")
    return found


def new_key(place: Municipality, kind: str) -> str:
    """A free key that says whose door it is: it stands in return addresses for good."""
    base = f"{place.slug[:45]}-{kind}"
    taken = set(ExternalDoor.objects.filter(key__startswith=base).values_list("key", flat=True))
    free = (f"{base}-{number}" if number > 1 else base for number in range(1, len(taken) + 2))
    return next(key for key in free if key not in taken)


def rules_of(door: ExternalDoor) -> QuerySet[RoleRule]:
    return door.rules.select_related("role", "body")


def bound_to(door: ExternalDoor) -> QuerySet[SocialAccount]:
    """Who of the other side is who here, with `user`."""
    found: QuerySet[SocialAccount] = SocialAccount.objects.filter(provider=door.key)
    return found.select_related("user").order_by("user__full_name", "pk")


def staff_doors() -> QuerySet[ExternalDoor]:
    """Doors shown on the page of signing in, of all centres."""
    return ExternalDoor.objects.filter(enabled=True, for_staff=True)


def staff_door(key: str) -> ExternalDoor:
    """Raise NotFound for a door that is switched off or not for staff."""
    found = staff_doors().select_related("municipality").filter(key=key).first()
    if found is None:
        raise NotFound("Такого входа нет или он выключен.", "Войдите с почтой и паролем.")
    return found


def citizens_door(municipality_id: int) -> ExternalDoor | None:
    """By which a citizen is identified on the portal of the centre."""
    open_doors = ExternalDoor.objects.filter(enabled=True, for_citizens=True, kind=DoorKind.ESIA)
    return open_doors.filter(municipality_id=municipality_id).first()


def secret_of_door(door: ExternalDoor) -> str:
    """The opened secret; raise OtklikError when it was sealed under another key."""
    try:
        return unseal(door.secret, installation_key()).get("client_secret", "")
    except OtklikError as error:
        raise OtklikError(
            f"Секрет входа «{door.title}» зашифрован другим ключом установки.",
            "Верните прежний ключ (OTKLIK_SECRET_KEY) или введите секрет входа заново.",
        ) from error


def machine() -> Mapping[str, str]:
    """Keys and programs of ЕСИА on this machine: they belong to it and not to a centre."""
    found: Mapping[str, str] = settings.ESIA
    return found


def profile_of(door: ExternalDoor) -> Profile:
    return PROFILES.get(door.set_to.profile, PROFILES[DEFAULT])


def checks_of(door: ExternalDoor) -> list[Check]:
    """What can be told of the door without asking the other side."""
    if door.kind == DoorKind.ESIA:
        return check(machine(), door.client_id, profile_of(door))
    try:
        kept = secret_of_door(door)
    except OtklikError as error:
        return [Check("Секрет", error.message, error.mend)]
    mend = "" if kept else "Впишите секрет, который выдала система учётных записей."
    return [Check("Секрет", "хранится зашифрованным" if kept else "не задан", mend)]
