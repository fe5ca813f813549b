"""A locked report, and the day where it lives."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from otklik.base import clock
from otklik.base.errors import Conflict
from otklik.base.events import Event
from otklik.coordination.returns.models import Return
from otklik.coordination.returns.queries import return_of
from otklik.coordination.returns.vocabulary import ReturnState
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.records.journal.actions import record


def today_at(municipality_id: int) -> date:
    return clock.today(Municipality.objects.get(pk=municipality_id).tz)


def locked(access: Access, return_id: int, states: Collection[ReturnState]) -> Return:
    """Raise NotFound when hidden, Conflict in another state."""
    return_of(access, today_at(access.municipality_id), return_id)
    found = Return.objects.select_for_update(of=("self",)).select_related(
        "form", "body__municipality"
    )
    report = found.get(pk=return_id)
    if report.state not in states:
        raise Conflict(
            f"Отчёт уже в другом состоянии: {report.get_state_display()}.", "Обновите страницу."
        )
    return report


def put_down(access: Access, event: Event) -> None:
    record(event, actor=access.actor, municipality_id=access.municipality_id)
