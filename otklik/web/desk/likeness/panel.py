"""Parts of the card: cases alike, and words that ask for haste or care."""

from __future__ import annotations

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Priority
from otklik.language.urgency import advice, alarms
from otklik.web.desk.appeals.panels import Panel
from otklik.web.desk.appeals.rights import Rights
from otklik.web.desk.frame import DeskRequest


def panel(request: DeskRequest, case: Appeal, rights: Rights) -> Panel:
    """The place for cases alike: they are weighed apart, the card does not wait. No queries."""
    return Panel("desk/likeness/later.html", {"case": case}, aside=True)


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
