"""A body fills its report and hands it in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Forbidden
from otklik.coordination.returns.actions.common import locked, put_down, today_at
from otklik.coordination.returns.events import ReturnHandedIn
from otklik.coordination.returns.models import Return, ReturnVersion
from otklik.coordination.returns.queries import figures, may_fill
from otklik.coordination.returns.rules import read_values
from otklik.coordination.returns.vocabulary import TO_DO, ReturnState
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission


@transaction.atomic
def save_draft(*, access: Access, return_id: int, typed: Mapping[str, Any]) -> Return:
    """Keep what is typed so far. Raises Refused for a number that is none, Forbidden for others."""
    report = _own(access, return_id)
    report.values = read_values(report.parts(), typed, whole=False)
    report.save(update_fields=["values"])
    return report


@transaction.atomic
def hand_in(*, access: Access, return_id: int, typed: Mapping[str, Any]) -> Return:
    """Hand in the next version (ust-kubinsky:4.9.e); what the system counts is kept beside it.

    Raises Refused for an empty field or a number that is none.
    """
    report = _own(access, return_id)
    access = access.under(Permission.DRAFT, body_id=report.body_id)
    today = today_at(report.municipality_id)
    report.values = read_values(report.parts(), typed, whole=True)
    report.counted = figures(report.body, report.since, report.until)
    report.version += 1
    report.state = ReturnState.SUBMITTED
    report.handed_on = report.handed_on or today
    report.save()
    ReturnVersion.objects.create(
        report=report,
        number=report.version,
        values=report.values,
        handed_at=clock.now(),
        handed_by=access.actor.label,
    )
    event = ReturnHandedIn(
        subject_id=report.pk,
        report=str(report),
        body=str(report.body),
        version=report.version,
        late_days=max(0, (today - report.due_on).days),
    )
    put_down(access, event)
    return report


def _own(access: Access, return_id: int) -> Return:
    report = locked(access, return_id, TO_DO)
    if not may_fill(access, report, today_at(report.municipality_id)):
        raise Forbidden("Это отчёт другого органа.", "Его заполняют сотрудники этого органа.")
    return report
