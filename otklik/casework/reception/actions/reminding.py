"""Reminders of tomorrow's reception."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from otklik.base.actor import Actor
from otklik.casework.reception.actions.letters import remind_of
from otklik.casework.reception.events import VisitReminded
from otklik.casework.reception.models import Visit
from otklik.casework.reception.vocabulary import VisitState
from otklik.directory.organisation.models import Municipality
from otklik.records.journal.actions import record


@transaction.atomic
def remind(*, municipality_id: int, now: datetime) -> int:
    """Write to everybody booked for tomorrow who left an address and was not reminded yet."""
    place = Municipality.objects.get(pk=municipality_id)
    tomorrow = now.astimezone(place.tz).date() + timedelta(days=1)
    waiting = (
        Visit.objects.select_related("host__municipality", "applicant")
        .select_for_update(of=("self",))
        .filter(municipality=place, day=tomorrow, state=VisitState.BOOKED)
        .filter(reminded_at__isnull=True)
        .exclude(applicant__email="")
    )
    actor, sent = Actor.system("Личный приём"), 0
    for visit in waiting:
        if not remind_of(visit, actor=actor):
            continue
        visit.reminded_at = now
        visit.save(update_fields=["reminded_at"])
        event = VisitReminded(subject_id=visit.pk, number=visit.number)
        record(event, actor=actor, municipality_id=place.pk)
        sent += 1
    return sent
