"""A term as counted: the rule, its pauses and its extension."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, Protocol

from otklik.casework.deadlines.rules.choice import Candidate
from otklik.casework.deadlines.vocabulary import (
    CountedFrom,
    DeadlineKind,
    EndShift,
    Unit,
)

LONGEST_EXTENSION = 30
"""Days by which the answer to an appeal may be put off, once (59-ФЗ, article 12 part 2)."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """How long, in what, from when, and which article says so."""

    slug: str
    kind: DeadlineKind
    unit: Unit
    amount: int
    counted_from: CountedFrom
    end_shift: EndShift = EndShift.PRECEDING
    article: str = ""
    edition: str = ""
    verify: bool = False

    def snapshot(self) -> dict[str, Any]:
        """The rule as it stood when the term was set, in JSON values; not to be changed."""
        return self._snapshot

    @cached_property
    def _snapshot(self) -> dict[str, Any]:
        return {key: _plain(value) for key, value in asdict(self).items()}

    @classmethod
    def restored(cls, snapshot: dict[str, Any]) -> Rule:
        return cls(
            **{
                **snapshot,
                "kind": DeadlineKind(snapshot["kind"]),
                "unit": Unit(snapshot["unit"]),
                "counted_from": CountedFrom(snapshot["counted_from"]),
                "end_shift": EndShift(snapshot["end_shift"]),
            }
        )


@dataclass(frozen=True, kw_only=True)
class Pause:
    """Days on which the clock stands, both ends included."""

    since: date
    until: date
    reason: str = ""

    def snapshot(self) -> dict[str, str]:
        return {
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "reason": self.reason,
        }

    @classmethod
    def restored(cls, snapshot: dict[str, str]) -> Pause:
        return cls(
            since=date.fromisoformat(snapshot["since"]),
            until=date.fromisoformat(snapshot["until"]),
            reason=snapshot["reason"],
        )

    def days(self) -> set[date]:
        span = (self.until - self.since).days
        return {self.since + timedelta(days=n) for n in range(span + 1)}


@dataclass(frozen=True, kw_only=True)
class Extension:
    """Calendar days added to the term, with the reason told to the citizen."""

    days: int
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One line of the explanation: what it is, what it says, the date it led to."""

    name: str
    text: str
    date: str


@dataclass(frozen=True, kw_only=True)
class Computed:
    """The moment to keep to, the moment the law itself gives, and how they came about."""

    due_at: datetime
    legal_due_at: datetime
    steps: Sequence[Step] = field(default_factory=tuple)
    sentence: str = ""

    def explanation(self) -> dict[str, Any]:
        """What is stored beside the term and shown on the card; not to be changed."""
        return self._explanation

    @cached_property
    def _explanation(self) -> dict[str, Any]:
        steps = [{"name": step.name, "text": step.text, "date": step.date} for step in self.steps]
        return {"sentence": self.sentence, "steps": steps}


class RuleSource(Candidate, Protocol):
    """A row a rule is read from."""

    def as_rule(self) -> Rule: ...


def _plain(value: object) -> object:
    return str(value) if isinstance(value, str) else value
