"""Parts of the card: cases alike, and words that ask for haste or care."""

from __future__ import annotations

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Priority
from otklik.casework.likeness.queries import alike
from otklik.language.urgency import advice, alarms
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


def signals(request: DeskRequest, case: Appeal, rights: Rights) -> Panel | None:
    """What the text raises and why; importance is offered, never set. No queries."""
    raised = alarms(case.text)
    if not raised:
        return None
    said = advice(raised)
    context = {
        "case": case,
        "raised": raised,
        "steps": said.steps if case.is_open else (),
        "offers": said.high
        and rights.classify
        and case.is_open
        and case.priority == Priority.NORMAL,
    }
    return Panel("desk/likeness/signals.html", context, aside=True)
