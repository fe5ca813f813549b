"""Which terms a case has, counted; the same for one card and for an import of 100,000 rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from otklik.casework.deadlines.rules.choice import CaseFacts, governing
from otklik.casework.deadlines.rules.compute import due
from otklik.casework.deadlines.rules.terms import (
    Computed,
    Extension,
    Pause,
    Rule,
    RuleSource,
)
from otklik.casework.deadlines.vocabulary import CountedFrom, DeadlineKind, Unit
from otklik.directory.calendars.rules import ProductionCalendar

SET_AT_REGISTRATION = (
    DeadlineKind.REGISTRATION,
    DeadlineKind.FORWARDING,
    DeadlineKind.ANSWER,
)


@dataclass(frozen=True, kw_only=True)
class Starts:
    """The moments terms are counted from; None means it has not come yet."""

    received_at: datetime
    registered_at: datetime | None = None
    interim_at: datetime | None = None
    assigned_at: datetime | None = None

    def of(self, counted_from: CountedFrom) -> datetime | None:
        return {
            CountedFrom.RECEIPT: self.received_at,
            CountedFrom.REGISTRATION: self.registered_at,
            CountedFrom.INTERIM: self.interim_at,
            CountedFrom.ASSIGNMENT: self.assigned_at,
        }[counted_from]


@dataclass(frozen=True, kw_only=True)
class Term:
    """One counted term, its rule and the moment it runs from."""

    rule: Rule
    starts_at: datetime
    computed: Computed


@dataclass(frozen=True, kw_only=True)
class Planner:
    """Rules and calendar of one municipality, with terms remembered by their start.

    `topics` gives each topic with everything above it.
    """

    calendar: ProductionCalendar
    rules: Sequence[RuleSource]
    topics: dict[int, frozenset[int]] = field(default_factory=dict)
    _terms: dict[tuple[int, date], Computed] = field(default_factory=dict, repr=False)
    _rules: dict[int, Rule] = field(default_factory=dict, repr=False)
    _chosen: dict[tuple[object, ...], Rule | None] = field(default_factory=dict, repr=False)

    def lineage(self, topic_id: int | None) -> frozenset[int]:
        if topic_id is None:
            return frozenset()
        return self.topics.get(topic_id, frozenset({topic_id}))

    def plan(
        self,
        case: CaseFacts,
        starts: Starts,
        kinds: Sequence[DeadlineKind] = SET_AT_REGISTRATION,
    ) -> list[Term]:
        """The terms of these kinds whose rule exists and whose start has come."""
        found = (self.term(kind, case, starts) for kind in kinds)
        return [term for term in found if term is not None]

    def term(
        self,
        kind: DeadlineKind,
        case: CaseFacts,
        starts: Starts,
        pauses: Sequence[Pause] = (),
        extension: Extension | None = None,
    ) -> Term | None:
        rule = self.rule(kind, case, starts)
        start = None if rule is None else starts.of(rule.counted_from)
        if rule is None or start is None:
            return None
        if pauses or extension or rule.unit == Unit.WORKING_HOURS:
            computed = due(rule, start, self.calendar, pauses, extension)
        else:
            computed = self._remembered(rule, start)
        return Term(rule=rule, starts_at=start, computed=computed)

    def rule(self, kind: DeadlineKind, case: CaseFacts, starts: Starts) -> Rule | None:
        """The rule in force on the day the case came in."""
        on = starts.received_at.astimezone(self.calendar.zone).date()
        key = (kind, case, on)
        if key not in self._chosen:
            source = governing(self.rules, kind, case, on)
            self._chosen[key] = None if source is None else self._read(source)
        return self._chosen[key]

    def _read(self, source: RuleSource) -> Rule:
        """One object for each row, so that terms can be remembered by it."""
        if id(source) not in self._rules:
            self._rules[id(source)] = source.as_rule()
        return self._rules[id(source)]

    def _remembered(self, rule: Rule, start: datetime) -> Computed:
        """Terms in days depend on the day alone; terms in hours rarely meet and are not kept."""
        key = (id(rule), start.astimezone(self.calendar.zone).date())
        if key not in self._terms:
            self._terms[key] = due(rule, start, self.calendar)
        return self._terms[key]
