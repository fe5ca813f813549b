"""The part of the card with what another system says of the case."""

from __future__ import annotations

from otklik.casework.appeals.models import Appeal
from otklik.casework.intake.queries import record_of
from otklik.web.desk.appeals.panels import Panel
from otklik.web.desk.appeals.rights import Rights
from otklik.web.desk.frame import DeskRequest


def panel(request: DeskRequest, case: Appeal, rights: Rights) -> Panel | None:
    """Only of cases that came in a file: one query, none for others."""
    record = record_of(case.pk) if case.external_hash else None
    if record is None:
        return None
    context = {"case": case, "record": record, "personal": rights.personal}
    return Panel("desk/imports/panel.html", context, aside=True)
