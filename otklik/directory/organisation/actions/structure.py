"""Changing the structure without programming: roles and bodies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from otklik.base.errors import Conflict, Refused
from otklik.directory.organisation.actions.last_holder import keep_an_organiser
from otklik.directory.organisation.events import (
    BodyArchived,
    BodyChanged,
    BodyRestored,
    RoleChanged,
)
from otklik.directory.organisation.models import (
    Body,
    Role,
    RoleGrant,
)
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import (
    BodyKind,
    Permission,
    Scope,
)
from otklik.records.journal.actions import record

Grants = Mapping[Permission, Scope]


def add_role(
    *,
    access: Access,
    slug: str,
    label: str,
    grants: Grants,
    position: str = "",
    channels: Sequence[str] = (),
) -> Role:
    """A further role with its rights (tuapse:3.1.9). Raises Conflict when the slug is taken.

    `channels` limits its rights over cases and figures to them.
    """
    access = access.require(Permission.ORGANISE)
    with transaction.atomic():
        role, created = Role.objects.get_or_create(
            municipality_id=access.municipality_id,
            slug=slug,
            defaults={
                "label": label,
                "position": position,
                "channels": list(channels),
                "order": 900,
            },
        )
        if not created:
            raise Conflict(f"Роль «{slug}» уже есть.", "Измените её или выберите другое имя.")
        _set_grants(role, grants)
        _record_role(access, role)
    return role


def change_role(
    *,
    access: Access,
    role: Role,
    label: str,
    position: str,
    grants: Grants,
    channels: Sequence[str] | None = None,
) -> Role:
    """Set label, position and rights; the preset does not overwrite them later.

    `channels` limits the rights over cases (novoduginsky:2.1.4, 2.1.5); None keeps the limit.

    Raises Refused when nobody would be left who may organise everything.
    """
    access = access.require(Permission.ORGANISE)
    with transaction.atomic():
        locked = Role.objects.select_for_update().get(
            pk=role.pk, municipality_id=access.municipality_id
        )
        locked.label, locked.position, locked.assumed = label, position, False
        locked.channels = locked.channels if channels is None else list(channels)
        locked.save(update_fields=["label", "position", "assumed", "channels"])
        if grants.get(Permission.ORGANISE) != Scope.MUNICIPALITY:
            keep_an_organiser(access, besides=locked)
        _set_grants(locked, grants)
        _record_role(access, locked)
    return locked


def save_body(
    *,
    access: Access,
    name: str,
    kind: BodyKind,
    body: Body | None = None,
    parent: Body | None = None,
    head_position: str | None = None,
    short_name: str | None = None,
) -> Body:
    """Enter a body or change one; `parent` is the body or official who oversees it.

    `head_position` and `short_name` of None keep what it has. Raises Refused when the body would
    come to stand above itself or below a stranger, and Conflict when another body bears the name.
    """
    access = access.require(Permission.ORGANISE)
    _ours(access, body, parent)
    with transaction.atomic():
        centre = Body.objects.filter(municipality_id=access.municipality_id)
        saved = (
            centre.select_for_update().get(pk=body.pk)
            if body
            else Body(municipality_id=access.municipality_id, order=900)
        )
        _below_itself(saved, parent)
        _name_free(access, name, saved)
        saved.name, saved.kind, saved.parent = name, kind, parent
        saved.head_position = saved.head_position if head_position is None else head_position
        saved.short_name = saved.short_name if short_name is None else short_name
        saved.save()
        event = BodyChanged(subject_id=saved.pk, body=name, parent=str(parent or ""))
        record(event, actor=access.actor, municipality_id=access.municipality_id)
    return saved


def archive_body(*, access: Access, body: Body, on: date) -> Body:
    """Take a body out of use: it stays in past cases and is offered for no new ones.

    Raises Refused while bodies in use stand below it or somebody is appointed to it from `on`.
    """
    access = access.require(Permission.ORGANISE)
    _ours(access, body)
    with transaction.atomic():
        locked = Body.objects.select_for_update().get(pk=body.pk)
        if locked.children.filter(is_active=True).exists():
            raise Refused(
                f"У органа «{locked}» есть подчинённые органы.",
                "Сначала подчините их другому органу или тоже отправьте в архив.",
            )
        held = locked.appointments.exclude(until__lt=on).select_related("account").first()
        if held:
            raise Refused(
                f"В органе «{locked}» работает {held.account.short_name}.",
                "Сначала прекратите назначения этого органа.",
            )
        return _set_use(access, locked, active=False)


def restore_body(*, access: Access, body: Body) -> Body:
    """Bring a body back from the archive."""
    access = access.require(Permission.ORGANISE)
    _ours(access, body)
    with transaction.atomic():
        return _set_use(access, Body.objects.select_for_update().get(pk=body.pk), active=True)


def _set_use(access: Access, body: Body, *, active: bool) -> Body:
    if body.is_active != active:
        body.is_active = active
        body.save(update_fields=["is_active"])
        kind = BodyRestored if active else BodyArchived
        event = kind(subject_id=body.pk, body=body.name)
        record(event, actor=access.actor, municipality_id=access.municipality_id)
    return body


def _ours(access: Access, *bodies: Body | None) -> None:
    if any(body and body.municipality_id != access.municipality_id for body in bodies):
        raise Refused(
            "Орган принадлежит другому муниципалитету.",
            "Выберите его из списка своего муниципалитета.",
        )


def _name_free(access: Access, name: str, body: Body) -> None:
    others = Body.objects.filter(municipality_id=access.municipality_id, name=name)
    if other := others.exclude(pk=body.pk).first():
        where = "" if other.is_active else ": он в архиве"
        raise Conflict(
            f"Орган «{name}» уже есть{where}.",
            "Дайте другое название или измените существующий орган.",
        )


def _set_grants(role: Role, grants: Grants) -> None:
    role.grants.all().delete()
    RoleGrant.objects.bulk_create(
        RoleGrant(role=role, permission=permission, scope=scope)
        for permission, scope in grants.items()
    )


def _record_role(access: Access, role: Role) -> None:
    grants = [f"{g.permission}:{g.scope}" for g in role.grants.order_by("permission")]
    event = RoleChanged(subject_id=role.pk, role=role.label, grants=grants, channels=role.channels)
    record(event, actor=access.actor, municipality_id=access.municipality_id)


def _below_itself(body: Body, parent: Body | None) -> None:
    above = parent
    while above is not None:
        if above.pk is not None and above.pk == body.pk:
            raise Refused(
                "Орган не может стоять выше самого себя.",
                "Выберите другой вышестоящий орган.",
            )
        above = above.parent
