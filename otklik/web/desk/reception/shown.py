"""What of a visit a person may read, and the log of those who read it."""

from __future__ import annotations

from collections.abc import Iterable

from otklik.casework.reception.models import Visit
from otklik.casework.reception.vocabulary import VisitState
from otklik.directory.organisation.vocabulary import Permission
from otklik.language.masking import for_work
from otklik.records.journal.actions import record_read
from otklik.web.desk.frame import DeskRequest

SHAPES = {
    VisitState.BOOKED: "new",
    VisitState.HELD: "done",
    VisitState.MISSED: "off",
    VisitState.CANCELLED: "closed",
}
HIDDEN = "имя скрыто"


def sees(request: DeskRequest, visit: Visit) -> bool:
    return request.access.allows(
        Permission.VIEW_PERSONAL, body_id=visit.host.body_id, account_id=visit.host.account_id
    )


def rows_of(request: DeskRequest, visits: Iterable[Visit], purpose: str) -> list[dict[str, object]]:
    """Visits for a list; names and questions of those whose data may be read, and the reading."""
    rows, read, zone = [], [], request.municipality.tz
    for visit in visits:
        open_ = sees(request, visit)
        if open_:
            read.append(visit.number)
        rows.append(
            {
                "visit": visit,
                "shape": SHAPES[VisitState(visit.state)],
                "time": f"{visit.starts_at.astimezone(zone):%H:%M}" if visit.starts_at else "",
                "name": visit.applicant.name if open_ else HIDDEN,
                "phone": visit.applicant.phone if open_ else "",
                "question": visit.question if open_ else for_work(visit.question).text,
            }
        )
    log(request, read, purpose)
    return rows


def log(request: DeskRequest, numbers: list[str], purpose: str) -> None:
    """A visit has no case: its number stands in the purpose."""
    if not numbers:
        return
    which = numbers[0] if len(numbers) == 1 else f"{numbers[0]}…{numbers[-1]}"
    record_read(
        [],
        actor=request.access.actor,
        municipality_id=request.access.municipality_id,
        purpose=f"личный приём, {purpose}: {which}",
        without_case=True,
    )
