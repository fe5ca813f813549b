"""The part of the card that tells of errors, and where one is marked."""

from __future__ import annotations

from otklik.casework.appeals.models import Appeal
from otklik.casework.quality.queries import of_case
from otklik.casework.quality.vocabulary import FaultKind
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.appeals.panels import Panel
from otklik.web.desk.appeals.rights import Rights
from otklik.web.desk.frame import DeskRequest


def panel(request: DeskRequest, case: Appeal, rights: Rights) -> Panel | None:
    """Shown to those who keep the record of errors: two queries."""
    if not request.access.allows(Permission.QUALITY, body_id=case.executor_body_id):
        return None
    known, waiting = of_case(case.pk)
    return Panel(
        "desk/quality/panel.html",
        {"case": case, "known": known, "waiting": waiting, "kinds": FaultKind.choices},
        aside=True,
    )
