"""What the calendar does: the first day, the last day, the reminder before it."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from otklik.casework.consultations.actions.common import told
from otklik.casework.consultations.actions.preparing import start
from otklik.casework.consultations.events import ConsultationFinished
from otklik.casework.consultations.models import Consultation
from otklik.casework.consultations.queries import people_for
from otklik.casework.consultations.vocabulary import ConsultationState
from otklik.directory.organisation.rules import Access
from otklik.exchange.notifications.actions import tell
from otklik.exchange.notifications.vocabulary import NoticeKind

BEFORE = timedelta(days=3)


@transaction.atomic
def advance(*, municipality_id: int, today: date) -> int:
    """Start what has been placed and begins, finish what is over; how many moved."""
    access = Access.system(municipality_id, "Мероприятия ПОС")
    found = Consultation.objects.select_for_update().filter(municipality_id=municipality_id)
    begun = list(found.filter(state=ConsultationState.PLACED, starts_on__lte=today))
    for one in begun:
        start(access, one)
    over = list(found.filter(state=ConsultationState.RUNNING, ends_on__lt=today))
    for one in over:
        end(access, one)
    return len({one.pk for one in (*begun, *over)})


def end(access: Access, one: Consultation) -> None:
    one.state = ConsultationState.FINISHED
    one.save(update_fields=["state"])
    told(access, ConsultationFinished(subject_id=one.pk, what=one.title))


def remind(*, municipality_id: int, today: date) -> int:
    """Tell of what ends within three days, once; without a responsible person, all who keep ПОС."""
    access = Access.system(municipality_id, "Мероприятия ПОС")
    rows = Consultation.objects.filter(
        municipality_id=municipality_id,
        state=ConsultationState.RUNNING,
        ends_on__range=(today, today + BEFORE),
    )
    told_count = 0
    for one in rows:
        receivers = [one.responsible_id] if one.responsible_id else []
        notices = tell(
            municipality_id=municipality_id,
            account_ids=receivers or [account.pk for account in people_for(access)],
            kind=NoticeKind.DUE_SOON,
            text=(
                f"{one.ends_on:%d.%m.%Y} заканчивается {one.get_kind_display()} в ПОС "
                f"«{one.title}»: подготовьтесь внести итоги."
            ),
            url=f"/desk/pos/events/{one.pk}/",
            key=f"consultation-end:{one.pk}:{one.ends_on}",
        )
        told_count += len(notices)
    return told_count
