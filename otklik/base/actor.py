"""Who does a thing: a person, the system itself, or the holder of a one-time link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ActorKind = Literal["person", "system", "link", "citizen"]


@dataclass(frozen=True, slots=True)
class Actor:
    """`label` is what the story of a case shows: «Сидорова А. П., оператор»."""

    kind: ActorKind
    label: str
    account_id: int | None = None

    @classmethod
    def system(cls, label: str = "Система") -> Actor:
        return cls(kind="system", label=label)

    @classmethod
    def citizen(cls) -> Actor:
        return cls(kind="citizen", label="Заявитель")
