"""Loading a regulation as data: municipality, act, roles, bodies, blocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import models, transaction

from otklik.base.actor import Actor
from otklik.directory.organisation.events import PresetApplied
from otklik.directory.organisation.models import (
    Block,
    BlockMember,
    Body,
    Municipality,
    Regulation,
    Role,
    RoleGrant,
)
from otklik.directory.organisation.presets import load
from otklik.directory.organisation.presets.forms import form_kind
from otklik.directory.organisation.presets.schema import BlockPart, Preset, RolePart
from otklik.records.journal.actions import record

Row = TypeVar("Row", bound=models.Model)
KINDS = ("roles", "bodies", "blocks", "acts")


@dataclass
class Loading:
    """One loading: rows already loaded earlier (by name in the preset) and what is new now."""

    municipality: Municipality
    force: bool
    loaded: dict[str, dict[str, int]]
    added: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in KINDS})

    def keep(
        self,
        kind: str,
        model: type[Row],
        key: str,
        identity: dict[str, Any],
        values: dict[str, Any],
    ) -> tuple[Row | None, bool]:
        """The row of this piece and whether it is new or restored now.

        A row that people renamed is found by its id; one they deleted is not brought back
        unless `force`. Edited values stay unless `force`.
        """
        rows = model._default_manager.filter(municipality=self.municipality)
        known = self.loaded[kind].get(key)
        row = rows.filter(pk=known).first() if known else rows.filter(**identity).first()
        if row is None and known and not self.force:
            return None, False
        wanted = {**identity, **values}
        if row is None:
            row = model._default_manager.create(municipality=self.municipality, **wanted)
        elif not (self.force and _restore(row, wanted)):
            self.loaded[kind][key] = row.pk
            return row, False
        self.loaded[kind][key] = row.pk
        self.added[kind].append(key)
        return row, True


def apply_preset(
    *, slug: str, actor: Actor, slug_as: str | None = None, force: bool = False
) -> Municipality:
    """Create a municipality and its organisation as its regulation names them.

    For the owner of the installation: no permission row exists before the first municipality.
    A second call changes nothing; labels edited by people stay unless `force`. `slug_as` gives
    the municipality another slug. Raises NotFound and PresetError.
    """
    preset = load(slug)
    with transaction.atomic():
        municipality, created = _municipality(preset, slug_as or slug, force)
        known = municipality.settings.get("preset_rows", {})
        loaded = {kind: dict(known.get(kind, {})) for kind in KINDS}
        loading = Loading(municipality, force, loaded)
        _acts(loading, preset)
        for order, role in enumerate(preset.roles):
            _role(loading, role, order)
        bodies = _bodies(loading, preset)
        if created or force:
            _card(municipality, preset, bodies)
        for order, block in enumerate(preset.blocks):
            _block(loading, block, order, bodies)
        if created or any(loading.added.values()):
            _settle(loading, preset, actor)
    return municipality


def _settle(loading: Loading, preset: Preset, actor: Actor) -> None:
    municipality = loading.municipality
    municipality.settings["preset_rows"] = loading.loaded
    municipality.save(update_fields=["settings"])
    record(
        PresetApplied(
            subject_id=municipality.pk,
            preset=preset.slug,
            roles=loading.added["roles"],
            bodies=loading.added["bodies"],
            blocks=loading.added["blocks"],
            restored=loading.force,
        ),
        actor=actor,
        municipality_id=municipality.pk,
    )


def _municipality(preset: Preset, slug: str, force: bool) -> tuple[Municipality, bool]:
    identity, act = preset.municipality, preset.act
    facts = preset.facts().model_dump(mode="json")
    wanted = {
        "name": identity.name,
        "short_name": identity.short_name,
        "name_genitive": identity.name_genitive,
        "kind": identity.kind,
        "region": identity.region,
        "seat": identity.seat or "",
        "oktmo": identity.oktmo or "",
        "centre_name": preset.centre.name,
        "centre_form": preset.centre.form,
        "preset": preset.slug,
        "established_on": act.in_force_from or act.issued_on,
    }
    municipality, created = Municipality.objects.select_for_update().get_or_create(
        slug=slug, defaults={**wanted, "settings": {"regulation": facts}}
    )
    if force and not created:
        municipality.settings["regulation"] = facts
        _restore(municipality, {**wanted, "settings": dict(municipality.settings)})
    return municipality, created


def _card(municipality: Municipality, preset: Preset, bodies: dict[str, Body]) -> None:
    """The form from the list, the institution that holds the powers, the act of creation."""
    act = preset.act
    municipality.centre_form_kind = form_kind(preset.centre.form)
    municipality.operator = bodies.get(preset.centre.powers_holder or "")
    municipality.legal_basis = f"{act.kind} от {act.issued_on:%d.%m.%Y} № {act.number}"
    municipality.save(update_fields=["centre_form_kind", "operator", "legal_basis"])


def _restore(row: models.Model, wanted: dict[str, Any]) -> bool:
    """Set what differs; whether anything did."""
    differing = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in differing:
        setattr(row, name, wanted[name])
    if differing:
        row.save(update_fields=differing)
    return bool(differing)


def _acts(loading: Loading, preset: Preset) -> None:
    act = preset.act
    notes = [
        act.in_force_note,
        act.published_in,
        f"Контроль: {act.control}." if act.control else "",
    ]
    current, _ = loading.keep(
        "acts",
        Regulation,
        act.number,
        {"number": act.number, "issued_on": act.issued_on},
        {
            "title": act.title,
            "issuer": act.issuer,
            "in_force_from": act.in_force_from,
            "note": "\n".join(filter(None, notes)),
        },
    )
    if act.replaces and current:
        loading.keep(
            "acts",
            Regulation,
            act.replaces.number,
            {"number": act.replaces.number, "issued_on": act.replaces.issued_on},
            {
                "title": act.replaces.title,
                "issuer": act.replaces.issuer,
                "repealed_on": act.replaces.repealed_on,
                "replaced_by": current,
            },
        )


def _role(loading: Loading, part: RolePart, order: int) -> None:
    role, changed = loading.keep(
        "roles",
        Role,
        part.slug,
        {"slug": part.slug},
        {
            "label": part.label,
            "position": part.position,
            "duties": part.duties,
            "clauses": list(part.clauses),
            "assumed": part.assumed,
            "note": part.notes,
            "channels": list(part.channels),
            "order": order,
        },
    )
    if role is None or not (changed or loading.force):
        return
    held = dict(role.grants.values_list("permission", "scope"))
    if held == {str(p): str(s) for p, s in part.widest.items()}:
        return
    role.grants.all().delete()
    RoleGrant.objects.bulk_create(
        RoleGrant(role=role, permission=permission, scope=scope)
        for permission, scope in part.widest.items()
    )
    if not changed:
        loading.added["roles"].append(part.slug)


def _bodies(loading: Loading, preset: Preset) -> dict[str, Body]:
    found: dict[str, Body] = {}
    for order, part in enumerate(preset.bodies):
        body, _ = loading.keep(
            "bodies",
            Body,
            part.name,
            {"name": part.name},
            {
                "short_name": part.short,
                "kind": part.kind,
                "parent": found.get(part.parent or ""),
                "head_position": part.head_position,
                "note": part.note,
                "order": order,
            },
        )
        if body is not None:
            found[part.name] = body
    return found


def _block(loading: Loading, part: BlockPart, order: int, bodies: dict[str, Body]) -> None:
    block, changed = loading.keep(
        "blocks",
        Block,
        part.name,
        {"name": part.name},
        {"directions": list(part.directions), "order": order},
    )
    if block is None or not changed:
        return
    block.members.all().delete()
    BlockMember.objects.bulk_create(
        BlockMember(
            block=block,
            body=bodies.get(member.body or ""),
            position=member.position,
            membership=member.membership,
            order=place,
        )
        for place, member in enumerate(part.members)
        if member.position or member.body in bodies
    )
