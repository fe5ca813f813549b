"""Doors that stand elsewhere: whether each that is switched on can let anybody in."""

from __future__ import annotations

from collections.abc import Iterator

from otklik.config.doctor.check import Finding, bad, good


def examine() -> Iterator[Finding]:
    """One line per door; nothing where everybody signs in with a password."""
    from otklik.exchange.signin.models import ExternalDoor
    from otklik.exchange.signin.queries import checks_of

    for door in ExternalDoor.objects.filter(enabled=True).select_related("municipality"):
        name = f"Вход «{door.title}» ({door.municipality.short_name})"
        faults = [one for one in checks_of(door) if not one.good]
        if not faults:
            yield good(f"{name} готов")
        for one in faults:
            yield bad(f"{name}: {one.what} — {one.state}", one.mend)
