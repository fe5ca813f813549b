"""A bulk change is taken back: before it has begun, or afterwards where nothing happened since."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, NotFound, OtklikError, Refused
from otklik.base.events import Event
from otklik.casework.appeals.actions import restore_executors
from otklik.casework.appeals.models import Appeal
from otklik.casework.control.actions.bulk import rights_of
from otklik.casework.control.actions.marks import executors, since
from otklik.casework.control.events import BulkTakenBack, BulkUndoAsked, BulkUndone
from otklik.casework.control.models import BulkRow, BulkRun
from otklik.casework.control.queries.bulk import runs_of
from otklik.casework.control.vocabulary import (
    RIGHTS,
    UNDO_WITHIN,
    BulkState,
    BulkVerb,
    RowState,
)
from otklik.casework.deadlines.actions import carry_executor_terms, withdraw_extension
from otklik.casework.teamwork.actions import carry_handling
from otklik.directory.organisation.rules import Access
from otklik.records.journal.actions import record

WHY = "отмена группового действия"


@transaction.atomic
def undo_bulk(*, access: Access, run_id: int) -> BulkRun:
    """Take a change back, by the right it was made with.

    Not begun yet: every case stays as it was. Finished within `UNDO_WITHIN`: the worker returns
    the cases (`take_back`). Asking again while it is being undone changes nothing.
    Raises NotFound, Forbidden, Conflict when too late, Refused for reminders.
    """
    run = runs_of(access).select_for_update(of=("self",)).filter(pk=run_id).first()
    if run is None:
        raise NotFound("Такого действия нет.", "Обновите страницу.")
    access = access.require_any(RIGHTS[BulkVerb(run.verb)])
    if run.state == BulkState.HELD:
        run.state, run.done_at = BulkState.CANCELLED, clock.now()
        run.save(update_fields=["state", "done_at"])
        _record(run, access, BulkUndone(subject_id=run.pk, verb=run.verb))
        return run
    if run.state == BulkState.UNDOING:
        return run
    _check_finished(run)
    run.state, run.undone_label = BulkState.UNDOING, access.actor.label
    run.undone_by_id = access.account_id
    run.save(update_fields=["state", "undone_label", "undone_by"])
    total = run.rows.filter(state=RowState.DONE).count()
    _record(run, access, BulkUndoAsked(subject_id=run.pk, verb=run.verb, total=total))
    return run


def take_back(*, run_id: int) -> BulkRun:
    """Return each case in a transaction of its own; why one stays is told by row.

    The rights are those which the one who asked has at this moment. Repeating it goes on where
    it stopped.
    """
    run = BulkRun.objects.select_related("municipality", "undone_by").get(pk=run_id)
    if run.state != BulkState.UNDOING:
        return run
    access = rights_of(run, run.undone_by, run.undone_label)
    for row in run.rows.filter(state=RowState.DONE):
        _return(access, run, row)
    with transaction.atomic():
        run = BulkRun.objects.select_for_update(of=("self",)).get(pk=run_id)
        if run.state != BulkState.UNDOING:
            return run
        run.state, run.undone_at = BulkState.UNDONE, clock.now()
        run.save(update_fields=["state", "undone_at"])
        states = list(run.rows.values_list("state", flat=True))
        event = BulkTakenBack(
            subject_id=run.pk,
            verb=run.verb,
            returned=states.count(RowState.RETURNED),
            kept=states.count(RowState.KEPT),
        )
        _record(run, access, event)
    return run


def _check_finished(run: BulkRun) -> None:
    if run.state != BulkState.DONE or run.done_at is None:
        raise Conflict(
            f"Отменить нельзя: {run.get_state_display()}.", "Обновите страницу действия."
        )
    if run.verb == BulkVerb.REMIND:
        raise Refused(
            "Напоминания уже отправлены, отозвать их нельзя.",
            "Если напомнили ошибочно, напишите исполнителям об этом в карточках.",
        )
    if clock.now() > run.done_at + UNDO_WITHIN:
        raise Conflict(
            "Отменить уже нельзя: прошло больше суток.", "Исправьте нужные обращения в карточках."
        )


def _return(access: Access, run: BulkRun, row: BulkRow) -> None:
    try:
        with transaction.atomic():
            _lock_untouched(row)
            row.said = RETURNS[BulkVerb(run.verb)](access, run, row)[:500]
            row.state = RowState.RETURNED
            row.save(update_fields=["state", "said"])
    except OtklikError as error:
        row.state, row.said = RowState.KEPT, f"{error.message} {error.mend}".strip()[:500]
        row.save(update_fields=["state", "said"])


def _lock_untouched(row: BulkRow) -> None:
    """Nothing can happen to a case while its row is held; what did is named."""
    Appeal.objects.select_for_update(of=("self",)).get(pk=row.appeal_id)
    if not row.was:
        raise Conflict("Как было, не сохранилось.", "Исправьте обращение в карточке.")
    happened = since(row.appeal_id, row.was["entry"])
    if happened is not None:
        raise Conflict(
            f"С тех пор по обращению работали: {happened.sentence} ({happened.actor_label}).",
            "Исправьте его в карточке.",
        )


def _give_back(access: Access, run: BulkRun, row: BulkRow) -> str:
    was = row.was
    if was["before"] == was["after"]:
        return "Исполнитель не менялся"
    pairs = restore_executors(
        access=access,
        appeal_id=row.appeal_id,
        before=executors(was["before"]),
        after=executors(was["after"]),
        reason=WHY,
    )
    for former, made in pairs:
        carry_handling(former=former, made=made)
        carry_executor_terms(former=former, made=made)
    main = [made.body for _, made in pairs if made.role == "main"]
    return f"Исполнитель снова — {main[0]}" if main else "Исполнитель снова не назначен"


def _shorten(access: Access, run: BulkRun, row: BulkRow) -> str:
    deadline, told = withdraw_extension(
        access=access,
        appeal_id=row.appeal_id,
        days=int(run.given["days"]),
        former_reason=row.was["reason"],
        why=WHY,
    )
    said = f"Срок снова — {deadline.due_at.astimezone(run.municipality.tz):%d.%m.%Y}"
    if deadline.due_at < clock.now():
        said += ", он уже истёк"
    letter = "уже отправлено заявителю, отозвать его нельзя" if told else "заявителю не уйдёт"
    return f"{said}. Уведомление о продлении {letter}"


RETURNS: dict[BulkVerb, Callable[[Access, BulkRun, BulkRow], str]] = {
    BulkVerb.EXTEND: _shorten,
    BulkVerb.REASSIGN: _give_back,
}


def _record(run: BulkRun, access: Access, event: Event) -> None:
    record(event, actor=access.actor, municipality_id=run.municipality_id)
