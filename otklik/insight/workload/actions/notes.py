"""Time somebody has spent on a case, noted by himself."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import NotFound, Refused
from otklik.casework.appeals.queries import visible_to
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.workload.events import TimeNoted
from otklik.insight.workload.models import TimeNote
from otklik.insight.workload.queries.norms import held_part
from otklik.records.journal.actions import record

MOST_MINUTES = 24 * 60


@transaction.atomic
def note_time(
    *, access: Access, number: str, minutes: int, spent_on: date | None = None
) -> TimeNote:
    """Note minutes spent on the case of this number, today or on an earlier day.

    Raises Forbidden without the right to write answers, NotFound for a case that is not one's
    own or one's body's, Refused for impossible figures.
    """
    access = access.require_any(Permission.DRAFT)
    place = Municipality.objects.get(pk=access.municipality_id)
    today = clock.today(place.tz)
    day = spent_on or today
    if not 1 <= minutes <= MOST_MINUTES:
        raise Refused("Время — от 1 минуты до суток.", "Укажите минуты работы за один день.")
    if day > today:
        raise Refused("Этот день ещё не наступил.", "Укажите сегодняшний день или прошедший.")
    case = visible_to(access).filter(number__iexact=number.strip()).first()
    part = held_part(access, case.pk) if case is not None else None
    if case is None or part is None or access.account_id is None:
        raise NotFound(
            "Среди порученного вам такого обращения нет.", "Проверьте номер в «Моей работе»."
        )
    body_id, kind = part
    note = TimeNote.objects.create(
        municipality_id=access.municipality_id,
        appeal=case,
        account_id=access.account_id,
        body_id=body_id,
        kind=kind,
        minutes=minutes,
        spent_on=day,
        noted_at=clock.now(),
    )
    event = TimeNoted(subject_id=note.pk, case_id=case.pk, number=case.number, minutes=minutes)
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return note
