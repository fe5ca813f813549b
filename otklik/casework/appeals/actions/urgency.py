"""How pressing a case is: its importance, and whether it goes by a fast track."""

from __future__ import annotations

from django.db import transaction

from otklik.casework.appeals.actions.locking import locked, save
from otklik.casework.appeals.events import FastTrackSet, PrioritySet
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Priority
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record


@transaction.atomic
def set_priority(*, access: Access, appeal_id: int, priority: Priority, rule: str = "") -> Appeal:
    """Set the importance; terms that depend on it are the caller's to count anew."""
    access = access.require(Permission.CLASSIFY)
    appeal = locked(access, appeal_id)
    if appeal.priority != priority:
        appeal.priority = priority
        save(appeal, "priority")
        event = PrioritySet(
            subject_id=appeal.pk,
            case_id=appeal.pk,
            priority=priority,
            priority_label=priority.label,
            rule=rule,
        )
        record(event, actor=access.actor, municipality_id=appeal.municipality_id)
    return appeal


@transaction.atomic
def set_fast_track(
    *, access: Access, appeal_id: int, on: bool = True, mechanism: str = ""
) -> Appeal:
    """Mark the case as going by a fast track; terms are the caller's to count anew."""
    access = access.require(Permission.CLASSIFY)
    appeal = locked(access, appeal_id)
    if appeal.fast_track != on:
        appeal.fast_track = on
        save(appeal, "fast_track")
        event = FastTrackSet(subject_id=appeal.pk, case_id=appeal.pk, on=on, mechanism=mechanism)
        record(event, actor=access.actor, municipality_id=appeal.municipality_id)
    return appeal
