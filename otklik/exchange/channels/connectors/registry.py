"""Finding connectors: every sub-package is imported once and registers itself.

A package of somebody else adds its own by an entry point of the group «otklik.connectors».
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TypeVar

from otklik.base.errors import Refused
from otklik.exchange.channels import connectors
from otklik.exchange.channels.connectors.base import Capabilities, Connector
from otklik.exchange.channels.vocabulary import ChannelKind, Delivery, add_channel

ConnectorClass = TypeVar("ConnectorClass", bound=type[Connector])
_classes: dict[str, type[Connector]] = {}
GROUP = "otklik.connectors"


def register(cls: ConnectorClass) -> ConnectorClass:
    """Class decorator: this connector serves its `kind`."""
    known = _classes.get(cls.kind)
    if known is not None and known.__qualname__ != cls.__qualname__:
        raise ValueError(f"{cls.kind} is served by {known.__name__} already")
    _classes[cls.kind] = cls
    if cls.kind not in ChannelKind.values:
        add_channel(cls.kind, cls.label or cls.kind)
    return cls


def connector(kind: str) -> Connector:
    """The connector of a kind; channels without one of their own are served by hand."""
    _discover()
    found = _classes.get(kind)
    if found is None and kind not in ChannelKind.values:
        raise Refused(
            f"Для канала «{kind}» нет программы связи.",
            "Установите пакет с этим каналом и перезапустите Отклик.",
        )
    return found() if found else ByHand(ChannelKind(kind))


def registered() -> dict[str, type[Connector]]:
    """All connectors by kind."""
    _discover()
    return dict(_classes)


def guide_of(kind: str) -> str:
    """The administrator's guide of a channel (Markdown): README.md of its folder; may be empty."""
    _discover()
    found = _classes.get(kind)
    if found is None:
        return ""
    path = Path(inspect.getfile(found)).with_name("README.md")
    return path.read_text(encoding="utf-8") if path.is_file() else ""


class ByHand(Connector):
    """Staff place the answer in the channel and mark it."""

    capabilities = Capabilities(delivery=Delivery.BY_HAND)

    def __init__(self, kind: str) -> None:
        self.kind = kind  # type: ignore[misc]


@cache
def _discover() -> None:
    for module in pkgutil.iter_modules(connectors.__path__):
        if module.ispkg:
            importlib.import_module(f"{connectors.__name__}.{module.name}.connector")
    # Packages of others name theirs under an entry point; loading one registers it.
    for entry in metadata.entry_points(group=GROUP):
        entry.load()
