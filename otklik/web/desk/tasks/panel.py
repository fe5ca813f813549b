"""The part of a case's card that names the tasks given on it."""

from __future__ import annotations

from datetime import date

from otklik.casework.appeals.models import Appeal
from otklik.coordination.tasks.models import Task
from otklik.coordination.tasks.queries import of_case
from otklik.coordination.tasks.vocabulary import TaskState
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.appeals.beside import has
from otklik.web.desk.appeals.panels import Panel
from otklik.web.desk.appeals.rights import Rights
from otklik.web.desk.frame import DeskRequest
from otklik.web.desk.tasks.shapes import STATES


def panel(request: DeskRequest, case: Appeal, rights: Rights) -> Panel | None:
    """The tasks of the case, and the way to the composition of its day: one query."""
    instructs = request.access.may(Permission.INSTRUCT)
    found = of_case(case.pk) if has(case, Task) else []
    rows = [(one, STATES[TaskState(one.state)]) for one in found]
    context = {"case": case, "rows": rows, "instructs": instructs, "on": _day(request, case)}
    return Panel("desk/tasks/panel.html", context, aside=True)


def _day(request: DeskRequest, case: Appeal) -> date:
    return case.received_at.astimezone(request.municipality.tz).date()
