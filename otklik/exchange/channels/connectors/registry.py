"""Finding connectors: every sub-package is imported once and registers itself."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import TypeVar

from otklik.exchange.channels import connectors
from otklik.exchange.channels.connectors.base import Capabilities, Connector
from otklik.exchange.channels.vocabulary import ChannelKind, Delivery

ConnectorClass = TypeVar("ConnectorClass", bound=type[Connector])
_classes: dict[ChannelKind, type[Connector]] = {}


def register(cls: ConnectorClass) -> ConnectorClass:
    """Class decorator: this connector serves its `kind`."""
    known = _classes.get(cls.kind)
    if known is not None and known.__qualname__ != cls.__qualname__:
        raise ValueError(f"{cls.kind} is served by {known.__name__} already")
    _classes[cls.kind] = cls
    return cls


def connector(kind: str) -> Connector:
    """The connector of a kind; channels without one of their own are served by hand."""
    _discover()
    found = _classes.get(ChannelKind(kind))
    return found() if found else ByHand(ChannelKind(kind))


def registered() -> dict[ChannelKind, type[Connector]]:
    """All connectors by kind."""
    _discover()
    return dict(_classes)


class ByHand(Connector):
    """Staff place the answer in the channel and mark it."""

    capabilities = Capabilities(delivery=Delivery.BY_HAND)

    def __init__(self, kind: ChannelKind) -> None:
        self.kind = kind  # type: ignore[misc]


@cache
def _discover() -> None:
    for module in pkgutil.iter_modules(connectors.__path__):
        if module.ispkg:
            importlib.import_module(f"{connectors.__name__}.{module.name}.connector")
