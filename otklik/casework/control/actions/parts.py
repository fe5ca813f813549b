"""Reminding each executor and co-executor of the term set for his own part."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from otklik.base import clock
from otklik.casework.control.queries.people import answering_in
from otklik.casework.deadlines.models import ExecutorTerm
from otklik.casework.deadlines.queries import near_terms
from otklik.casework.deadlines.vocabulary import TermStage
from otklik.directory.calendars.queries import calendar_for
from otklik.directory.organisation.models import Municipality
from otklik.exchange.notifications.actions import tell
from otklik.exchange.notifications.vocabulary import NoticeKind

HOUR = 9
"""The morning hour at which requests are reminded of too."""


def tell_of_parts(*, municipality_id: int, now: datetime) -> int:
    """Tell of own terms that end today or on the next working day, and of those that are over.

    Once each, on a working morning at nine of the local clock; returns how many notices are new.
    """
    centre = Municipality.objects.get(pk=municipality_id)
    local, calendar = now.astimezone(centre.tz), calendar_for(municipality_id)
    if local.hour != HOUR or not calendar.is_working(local.date()):
        return 0
    last = calendar.next_working(local.date() + timedelta(days=1))
    until = datetime.combine(last + timedelta(days=1), time(), tzinfo=centre.tz)
    return sum(_tell(term, centre, now) for term in near_terms(centre, until))


def _tell(term: ExecutorTerm, centre: Municipality, now: datetime) -> int:
    part = term.assignment
    appeal, late = part.question.appeal, term.due_at < now
    people = [part.account_id] if part.account_id else _people(part.body_id, centre)
    day = f"{term.due_at.astimezone(centre.tz):%d.%m.%Y}"
    what = TermStage(term.stage).label
    when = f"истёк {day}" if late else f"истекает {day}"
    made = tell(
        municipality_id=centre.pk,
        account_ids=people,
        kind=NoticeKind.OVERDUE if late else NoticeKind.DUE_SOON,
        text=f"Ваш срок по обращению №\u00a0{appeal.number} ({what}) {when}.",
        url=f"/desk/appeals/{appeal.pk}/",
        case_id=appeal.pk,
        key=f"part:{term.pk}:{'late' if late else 'soon'}",
    )
    return len(made)


def _people(body_id: int, centre: Municipality) -> list[int]:
    found = answering_in(body_id, clock.today(centre.tz))
    return list(found.values_list("pk", flat=True))
