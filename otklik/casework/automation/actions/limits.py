"""How far ready answers may go by themselves."""

from __future__ import annotations

from django.db import transaction

from otklik.casework.automation.events import AnswerLimitSet
from otklik.casework.automation.queries.limits import OPTION
from otklik.casework.automation.vocabulary import AnswerMode
from otklik.directory.organisation.actions.options import set_option
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record


@transaction.atomic
def set_answer_limit(*, access: Access, limit: AnswerMode) -> None:
    """Set the furthest step of a ready answer. It is the head's or the setter's to say."""
    right = Permission.INSTRUCT if access.may(Permission.INSTRUCT) else Permission.SET_UP
    access = access.require(right)
    set_option(municipality_id=access.municipality_id, name=OPTION, value=str(limit))
    record(
        AnswerLimitSet(subject_id=access.municipality_id, limit_label=limit.label),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )
