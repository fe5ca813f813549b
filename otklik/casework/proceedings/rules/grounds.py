"""A ground as it stood for one case, and which edition of it applies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Protocol, TypeVar

LAW = "№ 59-ФЗ"


@dataclass(frozen=True, kw_only=True, slots=True)
class GroundTerms:
    """The snapshot that a decision keeps: a later edition does not rewrite it."""

    slug: str
    verb: str
    article: str
    title: str
    permission: str
    check: str = ""
    days: int | None = None
    notice: bool = False
    template: str = ""
    edition: str = ""
    verify: bool = False

    @property
    def named(self) -> str:
        """«ст. 11 ч. 3 № 59-ФЗ»."""
        return f"{self.article} {LAW}"

    def snapshot(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def restored(cls, kept: dict[str, Any]) -> GroundTerms:
        return cls(**kept)

    def last_day(self, registered_on: date) -> date | None:
        """Calendar days run from the day after registration."""
        return None if self.days is None else registered_on + timedelta(days=self.days)


class Dated(Protocol):
    """A row of the table of grounds."""

    @property
    def own(self) -> bool: ...
    @property
    def starts(self) -> date: ...
    @property
    def ends(self) -> date: ...


DatedT = TypeVar("DatedT", bound=Dated)


def in_force(rows: Iterable[DatedT], on: date) -> DatedT | None:
    """The edition of the day; the municipality's own beats the shipped one, the newer the older."""
    fitting = [row for row in rows if row.starts <= on <= row.ends]
    return max(fitting, key=lambda row: (row.own, row.starts), default=None)
