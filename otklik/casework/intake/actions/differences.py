"""Deciding a difference between our case and its message in another system."""

from __future__ import annotations

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, NotFound, Refused
from otklik.casework.appeals.actions import convert_regime, reopen
from otklik.casework.appeals.actions.external import close_as_there
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Regime, Status
from otklik.casework.deadlines.actions import set_deadlines
from otklik.casework.intake.events import DifferenceDecided
from otklik.casework.intake.models import Difference
from otklik.casework.intake.queries.differences import differences
from otklik.casework.intake.rules.outcome import closing_status
from otklik.casework.intake.vocabulary import Decision, DifferenceKind, Source
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record


@transaction.atomic
def decide_difference(
    *, access: Access, difference_id: int, decision: Decision, note: str = ""
) -> Difference:
    """Do as there, or leave as here; leaving needs a reason.

    The rights of the act itself are asked: closing — to send, taking up again — to assign,
    59-ФЗ — to convert.

    Raises Forbidden, NotFound, Conflict when decided already, Refused without a reason.
    """
    found = differences(access).select_for_update(of=("self",)).filter(pk=difference_id).first()
    if found is None:
        raise NotFound("Такого расхождения нет.", "Обновите список.")
    if found.decided_at is not None:
        raise Conflict("По этому расхождению уже решили.", "Обновите список.")
    note = note.strip()[:500]
    if decision == Decision.AS_HERE:
        access.require_any(Permission.IMPORT)
        if not note:
            raise Refused("Не сказано, почему оставлено как у нас.", "Напишите одной фразой.")
    else:
        _as_there(access, found, note)
    found.decision, found.note = decision, note
    found.decided_at, found.decided_label = clock.now(), access.actor.label[:300]
    found.save(update_fields=["decision", "note", "decided_at", "decided_label"])
    event = DifferenceDecided(
        subject_id=found.pk,
        case_id=found.appeal_id,
        what=DifferenceKind(found.kind).label,
        decision=Decision(decision).label,
        note=note,
    )
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return found


def _as_there(access: Access, found: Difference, note: str) -> None:
    source = Source(found.source).label
    why = note or f"Так в системе: {source}"
    case: Appeal
    if found.kind == DifferenceKind.CLOSED_THERE:
        status = closing_status(found.there) or Status.ANSWERED
        case = close_as_there(
            access=access,
            appeal_id=found.appeal_id,
            status=status,
            answered_at=found.answered_there_at,
            source=source,
        )
    elif found.kind == DifferenceKind.OPEN_THERE:
        case = reopen(
            access=access.require_any(Permission.ASSIGN), appeal_id=found.appeal_id, reason=why
        )
    else:
        case = convert_regime(
            access=access, appeal_id=found.appeal_id, regime=Regime.LAW59, reason=why
        )
    set_deadlines(appeal=case, actor=access.actor)
