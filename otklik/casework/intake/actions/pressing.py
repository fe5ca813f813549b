"""Raising the importance of a case that a person has found pressing."""

from __future__ import annotations

from django.db import transaction

from otklik.base.errors import Refused
from otklik.casework.appeals.actions import set_priority
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Priority
from otklik.casework.deadlines.actions import set_deadlines
from otklik.directory.organisation.rules import Access


@transaction.atomic
def raise_importance(*, access: Access, appeal_id: int) -> Appeal:
    """Set the importance to raised and count the terms anew.

    Raises Forbidden without the right to classify, NotFound for a case out of sight, Refused when
    the answer would be put off by it.
    """
    appeal = set_priority(access=access, appeal_id=appeal_id, priority=Priority.HIGH)
    before = appeal.due_at
    set_deadlines(appeal=appeal)
    appeal.refresh_from_db()
    if before is not None and appeal.due_at is not None and appeal.due_at > before:
        raise Refused(
            "По правилам сроков ответ стал бы позже.", "Проверьте сроки для повышенной важности."
        )
    return appeal
