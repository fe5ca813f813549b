"""Kinds of papers. A new one is a module here with `KIND`; nothing else is touched."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from otklik.base.errors import NotFound
from otklik.insight.reports.catalogue.base import Composed, Kind, Wanted

__all__ = ["Composed", "Kind", "Wanted", "kind_of", "kinds"]


@cache
def kinds() -> Mapping[str, Kind]:
    """By slug, in the order of the catalogue."""
    modules = [import_module(f"{__name__}.{one.name}") for one in pkgutil.iter_modules(__path__)]
    found = [module.KIND for module in modules if hasattr(module, "KIND")]
    return MappingProxyType({one.slug: one for one in sorted(found, key=lambda one: one.order)})


def kind_of(slug: str) -> Kind:
    """Raises NotFound for a kind that is not offered."""
    found = kinds().get(slug)
    if found is None:
        raise NotFound("Такого вида документа нет.", "Выберите вид из каталога.")
    return found
