"""How each clause of the regulation in force is carried out (tuapse:order.8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from otklik.coordination.tasks.models import CentreFunction, Fulfilment, Task
from otklik.coordination.tasks.rules import clause_order, points_of, standing_of
from otklik.coordination.tasks.vocabulary import OPEN, TO_DO, Recurrence, Standing, TaskState
from otklik.directory.organisation.models import Appointment, Municipality, Regulation, Role
from otklik.directory.organisation.presets.clauses import clause_label
from otklik.directory.organisation.queries import clause_register, composition


@dataclass
class ClauseLine:
    """One clause with everything that carries it out."""

    clause: str
    words: str = ""
    roles: list[tuple[Role, list[Appointment]]] = field(default_factory=list)
    means: list[str] = field(default_factory=list)
    functions: list[CentreFunction] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    overdue: int = 0
    last: Fulfilment | None = None
    last_done: date | None = None

    @property
    def label(self) -> str:
        return clause_label(self.clause)

    @property
    def fulfilled_on(self) -> date | None:
        """The latest of the marks and of tasks taken off control."""
        known = [self.last.fulfilled_on if self.last else None, self.last_done]
        return max((day for day in known if day), default=None)

    @property
    def standing(self) -> Standing:
        held = sum(bool(holders) for _, holders in self.roles)
        recurring = any(
            one.is_active and one.recurrence != Recurrence.NONE for one in self.functions
        )
        return standing_of(
            overdue=self.overdue,
            vacant=len(self.roles) - held,
            held=held,
            running=sum(task.state in OPEN for task in self.tasks) + recurring,
            means=len(self.means) + len(self.functions),
            fulfilled=self.fulfilled_on is not None,
        )


LineOf = Callable[[str], ClauseLine]


def regulation_lines(
    municipality: Municipality, regulation: Regulation | None, on: date
) -> list[ClauseLine]:
    """Every clause known from the text, the presets, functions and tasks; the overdue first.

    Six statements, however many clauses.
    """
    lines: dict[str, ClauseLine] = defaultdict(lambda: ClauseLine(""))

    def line(clause: str) -> ClauseLine:
        found = lines[clause]
        found.clause = clause
        return found

    for point in points_of(regulation.text if regulation else ""):
        line(point.clause).words = point.words
    _roles(municipality, on, line)
    for clause, means in clause_register(municipality).items():
        line(clause).means = [one for one in means if not one.startswith("роль")]
    _work(municipality, on, line)
    for mark in Fulfilment.objects.filter(municipality=municipality).order_by("fulfilled_on", "pk"):
        line(mark.clause).last = mark
    order = list(Standing)
    return sorted(
        lines.values(), key=lambda one: (order.index(one.standing), clause_order(one.clause))
    )


def _roles(municipality: Municipality, on: date, line: LineOf) -> None:
    holders: dict[int, list[Appointment]] = defaultdict(list)
    for held in composition(municipality.pk, on):
        holders[held.role_id].append(held)
    for role in municipality.roles.all():
        for clause in dict.fromkeys(role.clauses):
            line(clause).roles.append((role, holders.get(role.pk, [])))


def _work(municipality: Municipality, on: date, line: LineOf) -> None:
    for function in CentreFunction.objects.filter(municipality=municipality, is_active=True):
        if function.clause:
            line(function.clause).functions.append(function)
    rows = Task.objects.filter(municipality=municipality).exclude(clause="")
    rows = rows.select_related("owner", "owner_body", "owner_block", "owner_role")
    for task in rows.exclude(state=TaskState.CANCELLED).order_by("due_on", "pk"):
        found = line(task.clause)
        if task.state in OPEN:
            found.tasks.append(task)
            found.overdue += task.state in TO_DO and task.due_on < on
        elif task.closed_at is not None:
            found.last_done = task.closed_at.astimezone(municipality.tz).date()


def fulfilments_of(municipality_id: int, clause: str) -> list[Fulfilment]:
    """Marks of one clause, the latest first."""
    return list(Fulfilment.objects.filter(municipality_id=municipality_id, clause=clause)[:100])
