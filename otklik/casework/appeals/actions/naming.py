"""What a centre calls all messages."""

from __future__ import annotations

from django.db import transaction

from otklik.casework.appeals.events import NamingSet
from otklik.casework.appeals.rules.naming import ONE_WORD
from otklik.directory.organisation.actions.options import set_option
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record


@transaction.atomic
def call_all_appeals(*, access: Access, on: bool) -> None:
    """Call everything «обращение», or tell messages apart; procedure and terms stay as they are.

    Those under 59-ФЗ stay marked. Raises Forbidden. (dedovichi:3.1)
    """
    access = access.require(Permission.SET_UP)
    set_option(municipality_id=access.municipality_id, name=ONE_WORD, value=on)
    record(
        NamingSet(subject_id=access.municipality_id, on=on),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )
