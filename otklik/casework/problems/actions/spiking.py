"""Noticing days that stand out."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from otklik.casework.problems.events import SpikeNoticed
from otklik.casework.problems.models import Spike
from otklik.casework.problems.queries.spikes import stand_out
from otklik.casework.problems.rules import spike_told
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.notifications.actions import tell_holders
from otklik.exchange.notifications.vocabulary import NoticeKind
from otklik.records.journal.actions import record

KEPT_DAYS = 400


@transaction.atomic
def notice_spikes(*, municipality_id: int, now: datetime) -> list[Spike]:
    """Look at the local day of `now`; the new spikes. A known one only grows. Whoever controls or
    analyses is told once of each."""
    centre = Municipality.objects.select_for_update().get(pk=municipality_id)
    day = now.astimezone(centre.tz).date()
    Spike.objects.filter(municipality=centre, day__lt=day - timedelta(days=KEPT_DAYS)).delete()
    new = []
    for found in stand_out(centre, day):
        spike, is_new = Spike.objects.update_or_create(
            municipality=centre,
            day=day,
            topic_id=found.topic_id,
            settlement_id=found.settlement_id,
            defaults={"count": found.count, "usual": found.usual},
            create_defaults={"count": found.count, "usual": found.usual, "noticed_at": now},
        )
        if is_new:
            new.append(spike)
            _tell(centre, spike, day)
    return new


def _tell(centre: Municipality, spike: Spike, day: date) -> None:
    event = SpikeNoticed(
        subject_id=spike.pk,
        topic=spike.topic.name,
        place=str(spike.settlement),
        told=spike_told(spike.count, spike.usual, day),
    )
    record(event, actor=Access.system(centre.pk).actor, municipality_id=centre.pk)
    url = f"/desk/appeals/?topic={spike.topic_id}&settlement={spike.settlement_id}&since={day}"
    for permission in (Permission.CONTROL, Permission.ANALYTICS):
        tell_holders(
            municipality_id=centre.pk,
            permission=permission,
            kind=NoticeKind.SPIKE,
            text=f"{event.sentence()}.",
            url=url,
            key=f"spike:{spike.pk}",
        )
