"""A running term counted again, when the calendar or the rules have changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from otklik.casework.deadlines.rules.compute import due
from otklik.casework.deadlines.rules.terms import Computed, Extension, Pause, Rule
from otklik.casework.deadlines.vocabulary import Unit
from otklik.directory.calendars.rules import ProductionCalendar

SAMPLE = 20


@dataclass(frozen=True, kw_only=True)
class Again:
    """Counts terms by the snapshot of their own rule; equal terms are counted once."""

    calendar: ProductionCalendar
    _rules: dict[str, Rule] = field(default_factory=dict, repr=False)
    _terms: dict[tuple[str, date], Computed] = field(default_factory=dict, repr=False)

    def term(
        self,
        snapshot: dict[str, Any],
        starts_at: datetime,
        pauses: Sequence[Pause] = (),
        extension: Extension | None = None,
    ) -> tuple[Rule, Computed]:
        key = json.dumps(snapshot, sort_keys=True)
        rule = self._rules.get(key)
        if rule is None:
            rule = self._rules[key] = Rule.restored(snapshot)
        if pauses or extension or rule.unit == Unit.WORKING_HOURS:
            return rule, due(rule, starts_at, self.calendar, pauses, extension)
        when = (key, starts_at.astimezone(self.calendar.zone).date())
        if when not in self._terms:
            self._terms[when] = due(rule, starts_at, self.calendar)
        return rule, self._terms[when]


@dataclass(frozen=True, kw_only=True)
class Move:
    """One term that would end on another moment."""

    appeal_id: int
    kind: str
    before: datetime
    after: datetime


@dataclass
class Preview:
    """What a recount would do; `overdue`: terms that would be over at once."""

    total: int = 0
    earlier: int = 0
    later: int = 0
    overdue: int = 0
    sample: list[Move] = field(default_factory=list)

    @property
    def moved(self) -> int:
        return self.earlier + self.later

    def count(self, move: Move, now: datetime, times: int = 1) -> None:
        self.earlier += times * (move.after < move.before)
        self.later += times * (move.after > move.before)
        self.overdue += times * (move.after < now <= move.before)
        if len(self.sample) < SAMPLE:
            self.sample.append(move)
