"""What wakes the rules: a new case, another topic or place, a batch of an import."""

from __future__ import annotations

from otklik.base.events import Event
from otklik.casework.appeals.events import AppealRegistered, PlaceSet, TopicSet
from otklik.casework.automation.jobs import defer_apply, defer_many
from otklik.casework.intake.events import AppealsImported
from otklik.records.journal.subscriptions import on


@on(AppealRegistered)
@on(TopicSet)
@on(PlaceSet)
def case_known(event: Event, **_: object) -> None:
    if event.case_id is not None:
        defer_apply(event.case_id)


@on(AppealsImported)
def batch_imported(event: AppealsImported, **_: object) -> None:
    if event.created:
        defer_many(event.created)
