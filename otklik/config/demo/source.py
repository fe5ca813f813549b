"""Reads the demo's own data files and the short notation used in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class StreetSpec:
    """A street as written in world.yaml: «переулок|Речной:12*» — twelve houses, blocks of flats."""

    settlement: str
    kind: str
    name: str
    houses: int
    flats: bool

    @property
    def key(self) -> str:
        return f"{self.settlement}/{self.kind} {self.name}"

    @property
    def title(self) -> str:
        return f"{self.kind} {self.name}"


def read_yaml(name: str) -> Any:
    """The content of a file in data/; the C loader, because texts are long."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    # a safe loader in both cases; the linter cannot see through the name
    return yaml.load((DATA / name).read_text(encoding="utf-8"), Loader=loader)  # noqa: S506


def street_specs(settlement: str, notes: Iterable[str]) -> list[StreetSpec]:
    specs = []
    for note in notes:
        title, _, houses = note.partition(":")
        kind, _, name = title.rpartition("|")
        specs.append(
            StreetSpec(
                settlement, kind or "улица", name, int(houses.rstrip("*")), houses.endswith("*")
            )
        )
    return specs
