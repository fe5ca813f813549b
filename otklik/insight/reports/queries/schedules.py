"""When papers of each kind are made: as people set it, else as the catalogue has it."""

from __future__ import annotations

from otklik.insight.reports.models import Schedule
from otklik.insight.reports.rules.plan import Plan


def plans_set(municipality_id: int) -> dict[str, Plan]:
    """What people have set, by kind; one statement."""
    rows = Schedule.objects.filter(municipality_id=municipality_id)
    return {row.kind: _plan(row) for row in rows}


def plan_of(municipality_id: int, kind: str, otherwise: Plan) -> Plan:
    return plans_set(municipality_id).get(kind, otherwise)


def _plan(row: Schedule) -> Plan:
    return Plan(on=row.on, rhythm=row.rhythm, due_days=row.due_days, recipient=row.recipient)
