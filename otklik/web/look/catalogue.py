"""The catalogue of indicators: the entries of every room that counts, gathered once."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from django.apps import apps

from otklik.insight.facts.rules import Indicator

PLACES = ("rules.indicators", "indicators")
"""Where a room keeps its `INDICATORS`."""


@cache
def catalogue() -> dict[str, tuple[Indicator, ...]]:
    """Entries by the name of their room, rooms in the order of their storeys."""
    found = {}
    for room in apps.get_app_configs():
        entries = _entries(room.name) if room.name.startswith("otklik.") else ()
        if entries:
            found[str(room.verbose_name)] = entries
    return found


@cache
def by_slug() -> dict[str, Indicator]:
    return {one.slug: one for entries in catalogue().values() for one in entries}


def _entries(room: str) -> tuple[Indicator, ...]:
    for place in PLACES:
        name = f"{room}.{place}"
        try:
            return tuple(getattr(import_module(name), "INDICATORS", ()))
        except ModuleNotFoundError as missing:
            if not name.startswith(missing.name or "?"):
                raise
    return ()
