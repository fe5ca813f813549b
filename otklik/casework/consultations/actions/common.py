"""What every action on a consultation begins and ends with."""

from __future__ import annotations

from collections.abc import Iterable

from otklik.base.errors import Conflict, NotFound
from otklik.casework.consultations.events import _Step
from otklik.casework.consultations.models import Consultation
from otklik.casework.consultations.queries import keeping
from otklik.directory.organisation.rules import Access
from otklik.records.journal.actions import record


def held(
    access: Access, consultation_id: int, states: Iterable[str]
) -> tuple[Access, Consultation]:
    """The row locked, in one of the states; Forbidden to those who do not answer for ПОС."""
    access = keeping(access)
    found = Consultation.objects.select_for_update().filter(
        pk=consultation_id, municipality_id=access.municipality_id
    )
    one = found.first()
    if one is None:
        raise NotFound("Такого мероприятия нет.", "Вернитесь к списку мероприятий ПОС.")
    if one.state not in states:
        raise Conflict(
            f"Мероприятие уже в состоянии «{one.get_state_display()}».", "Обновите страницу."
        )
    return access, one


def told(access: Access, event: _Step) -> None:
    record(event, actor=access.actor, municipality_id=access.municipality_id)
