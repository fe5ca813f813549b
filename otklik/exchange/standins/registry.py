"""Finding a stand-in by its name."""

from __future__ import annotations

import importlib
import pkgutil

from otklik.exchange import standins
from otklik.exchange.standins.base import StandIn


def names() -> list[str]:
    """Folders here that hold a stand-in."""
    found = pkgutil.iter_modules(standins.__path__)
    return sorted(each.name for each in found if each.ispkg and each.name != "tests")


def make(name: str) -> StandIn:
    """A fresh stand-in with its first state. Raises KeyError for an unknown name."""
    if name not in names():
        raise KeyError(name)
    module = importlib.import_module(f"{standins.__name__}.{name}.application")
    made: StandIn = module.make()
    return made
