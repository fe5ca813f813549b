"""Learning is slow, so it is done by the worker."""

from __future__ import annotations

from otklik.base.events import Event
from otklik.casework.classification import jobs
from otklik.casework.classification.events import LearningAsked
from otklik.records.journal.subscriptions import on


@on(LearningAsked)
def learning_asked(event: Event, **_: object) -> None:
    jobs.learn_one.defer(municipality_id=event.subject_id)
