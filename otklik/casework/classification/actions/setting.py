"""What the administrator sets and asks for."""

from __future__ import annotations

from django.db import transaction

from otklik.base.errors import Refused
from otklik.casework.classification.events import LearningAsked, ThresholdSet
from otklik.directory.organisation.actions.options import set_option
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record

THRESHOLD = "topic_without_person"
LEAST_THRESHOLD = 0.5


@transaction.atomic
def ask_to_learn(*, access: Access) -> None:
    """Have the model trained anew soon; the reaction to the event defers the work."""
    access = access.require(Permission.SET_UP)
    record(
        LearningAsked(subject_id=access.municipality_id),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )


@transaction.atomic
def set_threshold(*, access: Access, share: float | None) -> None:
    """File new cases without a person at this confidence (0–1) or above; None: never.

    Raises Refused outside 0.5…1: below it every second topic would be wrong.
    """
    access = access.require(Permission.SET_UP)
    if share is not None and not LEAST_THRESHOLD <= share <= 1:
        raise Refused(
            "Порог должен быть от 50 до 100 %.", "Укажите другое значение или оставьте поле пустым."
        )
    set_option(municipality_id=access.municipality_id, name=THRESHOLD, value=share)
    record(
        ThresholdSet(subject_id=access.municipality_id, share=share),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )
