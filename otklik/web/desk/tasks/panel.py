"""The part of a case's card that names the tasks given on it."""

from __future__ import annotations

from otklik.casework.appeals.models import Appeal
from otklik.coordination.tasks.queries import of_case
from otklik.coordination.tasks.vocabulary import TaskState
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.appeals.panels import Panel
from otklik.web.desk.appeals.rights import Rights
from otklik.web.desk.frame import DeskRequest
from otklik.web.desk.tasks.shapes import STATES


def panel(request: DeskRequest, case: Appeal, rights: Rights) -> Panel | None:
    """Shown to those who instruct, and where a task was given: one query."""
    instructs = request.access.may(Permission.INSTRUCT)
    found = of_case(case.pk)
    if not instructs and not found:
        return None
    rows = [(one, STATES[TaskState(one.state)]) for one in found]
    context = {"case": case, "rows": rows, "instructs": instructs}
    return Panel("desk/tasks/panel.html", context, aside=True)
