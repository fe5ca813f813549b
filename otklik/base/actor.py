"""Who does a thing: a person, the system itself, or the holder of a one-time link."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

ActorKind = Literal["person", "system", "link", "citizen"]


@dataclass(frozen=True, slots=True)
class Actor:
    """`label` is what the story of a case shows: «Сидорова А. П., оператор».

    `role` is the role this very thing is done under, empty when none is needed or several could
    be meant: whoever holds two roles acts now under the one, now under the other.
    """

    kind: ActorKind
    label: str
    account_id: int | None = None
    role: str = ""

    @classmethod
    def system(cls, label: str = "Система") -> Actor:
        return cls(kind="system", label=label)

    @classmethod
    def citizen(cls) -> Actor:
        return cls(kind="citizen", label="Заявитель")

    def under(self, role: str) -> Actor:
        """The same actor acting under this role."""
        return replace(self, role=role)
