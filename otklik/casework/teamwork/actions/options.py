"""Choices of the centre about common work."""

from __future__ import annotations

from django.db import transaction

from otklik.base.errors import Refused
from otklik.casework.teamwork.events import ReceiptDaysSet
from otklik.casework.teamwork.rules import MOST_RECEIPT_DAYS, RECEIPT_OPTION
from otklik.directory.organisation.actions.options import set_option
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record


@transaction.atomic
def set_receipt_days(*, access: Access, days: int | None) -> None:
    """In how many working days an executor confirms receipt; None: as shipped. Raises Refused."""
    access = access.require(Permission.SET_UP)
    if days is not None and not 1 <= days <= MOST_RECEIPT_DAYS:
        raise Refused(
            f"Срок приёма в работу — от 1 до {MOST_RECEIPT_DAYS} рабочих дней.",
            "Укажите другое число или оставьте поле пустым.",
        )
    set_option(municipality_id=access.municipality_id, name=RECEIPT_OPTION, value=days)
    record(
        ReceiptDaysSet(subject_id=access.municipality_id, days=days),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )
