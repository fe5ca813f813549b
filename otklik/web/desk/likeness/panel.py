"""The part of the card with cases that may tell of the same thing."""

from __future__ import annotations

from otklik.casework.appeals.models import Appeal
from otklik.casework.likeness.queries import alike
from otklik.web.desk.appeals.panels import Panel
from otklik.web.desk.appeals.rights import Rights
from otklik.web.desk.frame import DeskRequest


def panel(request: DeskRequest, case: Appeal, rights: Rights) -> Panel | None:
    """Visible cases of the same incident or with the same words, with reasons: two queries."""
    found = alike(request.access, case)
    if not found:
        return None
    incidents = [one for one in found if one.verdict.same]
    letters = [one for one in found if not one.verdict.same]
    context = {"incidents": incidents, "letters": letters}
    return Panel("desk/likeness/panel.html", context, aside=True)
