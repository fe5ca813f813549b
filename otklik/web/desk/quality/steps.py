"""Steps on the card of a case."""

from __future__ import annotations

from otklik.casework.quality import actions
from otklik.web.desk.appeals.steps import step
from otklik.web.desk.frame import DeskRequest


@step
def fault(request: DeskRequest, pk: int) -> str:
    """Mark an error found in an answer of this case."""
    reply = request.POST.get("reply", "")
    made = actions.mark_fault(
        access=request.access,
        appeal_id=pk,
        new=actions.NewFault(
            kind=request.POST.get("kind", ""),
            essence=request.POST.get("essence", ""),
            quote=request.POST.get("quote", ""),
            reply_id=int(reply) if reply.isdecimal() else None,
            person_label=request.POST.get("person", ""),
            corrected=bool(request.POST.get("corrected")),
        ),
    )
    return f"Отмечена ошибка: {made.get_kind_display()}"
