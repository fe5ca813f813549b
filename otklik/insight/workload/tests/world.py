"""The small district with people in it."""

from __future__ import annotations

from datetime import date

from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import (
    Appointment,
    Block,
    BlockMember,
    Body,
    Role,
    RoleGrant,
)
from otklik.directory.organisation.queries import access_of
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.insight.facts.tests.world import NOW, District

DAY = NOW.date()


def role_of(district: District, name: str, **grants: Scope) -> Role:
    role, _ = Role.objects.get_or_create(municipality=district.town, slug=name, label=name)
    for right, scope in grants.items():
        RoleGrant.objects.get_or_create(
            role=role, permission=Permission[right], defaults={"scope": scope}
        )
    return role


def employ(
    district: District, name: str, role: Role, body: Body | None = None, block: Block | None = None
) -> Appointment:
    account = Account.objects.create_user(f"p{Account.objects.count()}@zarechye.test", name)
    return Appointment.objects.create(
        account=account, role=role, body=body, block=block, since=date(2020, 1, 1)
    )


def writer(district: District, name: str, body: Body) -> Appointment:
    role = role_of(district, "writer", VIEW_APPEALS=Scope.BODY, DRAFT=Scope.BODY)
    return employ(district, name, role, body)


def access(appointment: Appointment) -> Access:
    return access_of(appointment.account, appointment.role.municipality_id, DAY)


def block_of(district: District, name: str, *bodies: Body) -> Block:
    block = Block.objects.create(municipality=district.town, name=name)
    for body in bodies:
        BlockMember.objects.create(block=block, body=body)
    return block
