"""Facts in the past tense, written to the journal in the transaction that made them true."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import Enum
from typing import Any, ClassVar


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact about one subject; `case_id` is the appeal whose story it belongs to, if any."""

    subject: ClassVar[str] = ""
    title: ClassVar[str] = ""

    subject_id: int
    case_id: int | None = None

    @property
    def name(self) -> str:
        return type(self).__name__

    def payload(self) -> dict[str, Any]:
        """The fact's own fields as plain JSON values."""
        return {
            field.name: _plain(getattr(self, field.name))
            for field in fields(self)
            if field.name not in ("subject_id", "case_id")
        }

    def sentence(self) -> str:
        """What the story of the case says, in Russian; events override it to say more."""
        return self.title


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
