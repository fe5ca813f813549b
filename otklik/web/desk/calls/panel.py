"""The part of the card with later calls and calls to make."""

from __future__ import annotations

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel
from otklik.casework.calls.queries import call_backs_of, calls_of, may_call
from otklik.casework.calls.vocabulary import CallBackState
from otklik.language.masking import for_work
from otklik.web.desk.appeals.panels import Panel
from otklik.web.desk.appeals.rights import Rights
from otklik.web.desk.frame import DeskRequest


def panel(request: DeskRequest, case: Appeal, rights: Rights) -> Panel | None:
    """Only of cases that came by telephone: three queries, none for others."""
    if case.channel != Channel.HOTLINE122:
        return None
    tasks = list(call_backs_of(case.pk))
    may = may_call(request.access, case)
    texts = [
        (call, call.text if rights.personal else for_work(call.text).text)
        for call in calls_of(case.pk)
    ]
    open_one = next((one for one in tasks if one.state == CallBackState.WAITING), None)
    context = {
        "case": case, "tasks": tasks, "calls": texts, "may": may, "open": open_one,
        "phone": case.applicant.phone if may else "",
    }  # fmt: skip
    return Panel("desk/calls/panel.html", context, aside=True)
