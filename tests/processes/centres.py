"""A municipality and its people, made inside the database of the programs."""

from __future__ import annotations

from datetime import date

from django.test import Client

from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Appointment, Municipality, Role, RoleGrant
from otklik.directory.organisation.vocabulary import MunicipalityKind, Permission, Scope

SLUG = "ozersk"


def make_centre() -> Municipality:
    return Municipality.objects.create(
        slug=SLUG,
        name="Озёрский муниципальный округ",
        short_name="Озёрский округ",
        kind=MunicipalityKind.MUNICIPAL_OKRUG,
        region="Заречная область",
    )


def clerk_of(centre: Municipality) -> Client:
    """Signed in as a person who may import."""
    person = Account.objects.create_user("clerk@example.test", "Сидорова Анна Петровна")
    role = Role.objects.create(municipality=centre, slug="clerk", label="Оператор")
    for permission in (Permission.IMPORT, Permission.VIEW_APPEALS):
        RoleGrant.objects.create(role=role, permission=permission, scope=Scope.MUNICIPALITY)
    Appointment.objects.create(account=person, role=role, since=date(2020, 1, 1))
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
