"""The step that the signals suggest; a person takes it."""

from __future__ import annotations

from otklik.casework.intake.actions.pressing import raise_importance
from otklik.web.desk.appeals.steps import step
from otklik.web.desk.frame import DeskRequest


@step
def importance(request: DeskRequest, pk: int) -> str:
    raise_importance(access=request.access, appeal_id=pk)
    return "Важность повышена"
