"""The part of the card that tells of errors, and where one is marked."""

from __future__ import annotations

from otklik.casework.appeals.models import Appeal
from otklik.casework.quality.models import Finding, Signal
from otklik.casework.quality.queries import of_case
from otklik.casework.quality.vocabulary import FaultKind
from otklik.casework.satisfaction.actions import ENTERING
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.appeals.beside import has
from otklik.web.desk.appeals.panels import Panel
from otklik.web.desk.appeals.rights import Rights
from otklik.web.desk.frame import DeskRequest


def panel(request: DeskRequest, case: Appeal, rights: Rights) -> Panel | None:
    """Errors for those who keep their record (two queries); a score for those who may enter it."""
    body = case.executor_body_id
    keeps = request.access.allows(Permission.QUALITY, body_id=body, channel=case.channel)
    enters = case.answered_at is not None and case.score is None
    enters = enters and any(
        request.access.allows(right, body_id=body, channel=case.channel) for right in ENTERING
    )
    if not (keeps or enters):
        return None
    known, waiting = of_case(case.pk) if keeps and has(case, Finding, Signal) else ((), ())
    return Panel(
        "desk/quality/panel.html",
        {
            "case": case,
            "known": known,
            "waiting": waiting,
            "kinds": FaultKind.choices,
            "keeps": keeps,
            "enters": enters,
            "grades": range(5, 0, -1),
        },
        aside=True,
    )
