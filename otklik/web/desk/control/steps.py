"""Steps on the card of a case."""

from __future__ import annotations

from otklik.casework.control.actions import remind
from otklik.web.desk.appeals.steps import step
from otklik.web.desk.frame import DeskRequest


@step
def reminder(request: DeskRequest, pk: int) -> str:
    """Remind the executor of the term of this case."""
    text = request.POST.get("text", "")[:300]
    return f"Напомнили: {remind(access=request.access, appeal_id=pk, text=text)}"
