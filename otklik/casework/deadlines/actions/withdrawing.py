"""Taking an extension back: the term ends when it did before."""

from __future__ import annotations

from django.db import transaction

from otklik.base.errors import Conflict
from otklik.casework.appeals.actions.locking import locked
from otklik.casework.appeals.models import Appeal
from otklik.casework.deadlines.actions.clocks import (
    count_again,
    notice_times,
    open_answer,
    write_down,
)
from otklik.casework.deadlines.actions.notice import recall_notice
from otklik.casework.deadlines.events import ExtensionWithdrawn
from otklik.casework.deadlines.models import Deadline
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission


@transaction.atomic
def withdraw_extension(
    *, access: Access, appeal_id: int, days: int, former_reason: str, why: str
) -> tuple[Deadline, bool]:
    """Take `days` of an extension back; a notice to the citizen that has not left is cancelled.

    Returns the term and whether the citizen had been told already: a letter that has left cannot
    be recalled, and answering earlier than it promised harms nobody. Raises Conflict when the
    term is no longer extended by so much, is met or taken off.
    """
    appeal = locked(access, appeal_id)
    access = access.require(
        Permission.EXTEND, body_id=appeal.executor_body_id, channel=appeal.channel
    )
    deadline = open_answer(appeal)
    if deadline.extended_days < days:
        raise Conflict("Срок уже не продлён на эти дни.", "Откройте карточку.")
    told = not recall_notice(access=access, appeal=appeal, times=notice_times(deadline))
    _shorten(deadline, appeal, days, former_reason)
    event = ExtensionWithdrawn(
        subject_id=deadline.pk,
        case_id=appeal.pk,
        due_at=deadline.due_at,
        days=days,
        reason=why,
        told=told,
    )
    write_down(event, access.actor, appeal)
    return deadline, told


def _shorten(deadline: Deadline, appeal: Appeal, days: int, former_reason: str) -> None:
    deadline.extended_days -= days
    deadline.extension_reason = former_reason
    deadline.extensions_withdrawn += 1
    count_again(deadline, appeal)
    deadline.extended_to = deadline.due_at if deadline.extended_days else None
    deadline.save()
