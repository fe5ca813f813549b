"""What must hold inside a preset beyond the shape of its fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from otklik.directory.organisation.presets.schema import Preset
from otklik.directory.organisation.vocabulary import Permission


def faults(preset: Preset) -> list[str]:
    """Russian sentences naming each broken reference, repetition or missing duty."""
    return [
        *_repeated("роль", [role.slug for role in preset.roles]),
        *_repeated("орган", [body.name for body in preset.bodies]),
        *_repeated("блок", [block.name for block in preset.blocks]),
        *_unknown_bodies(preset),
        *_unknown_roles(preset),
        *_unheld(preset),
    ]


def _repeated(what: str, names: list[str]) -> Iterable[str]:
    return [f"{what} «{name}» записана дважды" for name, n in Counter(names).items() if n > 1]


def _unknown_bodies(preset: Preset) -> Iterable[str]:
    seen: set[str] = set()
    for body in preset.bodies:
        if body.parent and body.parent not in seen:
            yield f"вышестоящий орган «{body.parent}» не описан выше органа «{body.name}»"
        seen.add(body.name)
    named = [m.body for block in preset.blocks for m in block.members]
    for name in [*named, *(s.body for s in preset.settlements)]:
        if name and name not in seen:
            yield f"орган «{name}» не описан в разделе bodies"


def _unknown_roles(preset: Preset) -> Iterable[str]:
    known = {role.slug for role in preset.roles}
    named = [
        *(step.role for step in preset.route),
        *(block.role for block in preset.blocks),
        *(substitution.role for substitution in preset.substitutions),
        *(slug for combination in preset.combinations for slug in combination.roles),
    ]
    return [
        f"роль «{slug}» не описана в разделе roles"
        for slug in dict.fromkeys(named)
        if slug not in known
    ]


def _unheld(preset: Preset) -> Iterable[str]:
    """A centre works only when every duty is somebody's."""
    held = {p for role in preset.roles if not role.vacant for p in role.widest}
    return [f"право «{p.label}» не дано ни одной занятой роли" for p in Permission if p not in held]
