"""The part of a case's card that tells of its problem."""

from __future__ import annotations

from otklik.casework.appeals.models import Appeal
from otklik.casework.problems.models import ProblemCase
from otklik.casework.problems.queries import membership_of
from otklik.web.desk.appeals.beside import has
from otklik.web.desk.appeals.panels import Panel
from otklik.web.desk.appeals.rights import Rights
from otklik.web.desk.frame import DeskRequest
from otklik.web.desk.problems.shown import SHAPES


def panel(request: DeskRequest, case: Appeal, rights: Rights) -> Panel | None:
    """One query; nothing for a case that stands in no problem."""
    row = membership_of(request.access, case.pk) if has(case, ProblemCase) else None
    if row is None:
        return None
    context = {"row": row, "problem": row.problem, "shape": SHAPES[row.problem.state]}
    return Panel("desk/problems/panel.html", context, aside=True)
