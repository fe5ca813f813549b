"""One verb over many cases: held for a while so that it can be undone, then done row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import NotFound, OtklikError, Refused
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.queries import visible_to
from otklik.casework.control.actions.marks import after, before
from otklik.casework.control.actions.remind import remind
from otklik.casework.control.events import BulkDone, BulkStarted
from otklik.casework.control.models import BulkRow, BulkRun
from otklik.casework.control.vocabulary import MOST_ROWS, RIGHTS, BulkState, BulkVerb, RowState
from otklik.casework.deadlines.actions import extend_deadline
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.queries import access_of
from otklik.directory.organisation.rules import Access
from otklik.records.journal.actions import record


@transaction.atomic
def start_bulk(
    *,
    access: Access,
    verb: BulkVerb,
    appeal_ids: Iterable[int],
    given: Mapping[str, Any],
    delay: timedelta,
) -> BulkRun:
    """Keep the change until `delay` has passed; `given` are the arguments of the single action.

    Whoever calls defers `jobs.apply_bulk` for `apply_after`. Raises Forbidden without the right at
    all, Refused when nothing is chosen or said, NotFound when a case is hidden.
    """
    access = access.require_any(RIGHTS[verb])
    chosen = sorted(set(appeal_ids))
    _check(verb, chosen, given)
    seen = visible_to(access).filter(pk__in=chosen).count()
    if seen != len(chosen):
        raise NotFound("Часть обращений вам не доступна.", "Обновите страницу и выберите заново.")
    run = BulkRun.objects.create(
        municipality_id=access.municipality_id,
        verb=verb,
        given=dict(given),
        account_id=access.account_id,
        actor_label=access.actor.label,
        created_at=clock.now(),
        apply_after=clock.now() + delay,
    )
    BulkRow.objects.bulk_create(BulkRow(run=run, appeal_id=pk) for pk in chosen)
    _record(run, access, BulkStarted(subject_id=run.pk, verb=verb, total=len(chosen)))
    return run


def apply_bulk(*, run_id: int) -> BulkRun:
    """Do it, each case in a transaction of its own; what the law or a rule forbids is told by row.

    The person's rights are those of this moment. Repeating it goes on where it stopped.
    """
    run = _begin(run_id)
    if run.state != BulkState.RUNNING:
        return run
    access = _access(run)
    for row in run.rows.filter(state=RowState.WAITING):
        _do(access, run, row)
    with transaction.atomic():
        run.state, run.done_at = BulkState.DONE, clock.now()
        run.save(update_fields=["state", "done_at"])
        states = list(run.rows.values_list("state", flat=True))
        event = BulkDone(
            subject_id=run.pk,
            verb=run.verb,
            done=states.count(RowState.DONE),
            refused=states.count(RowState.REFUSED),
        )
        _record(run, access, event)
    return run


def _check(verb: BulkVerb, chosen: list[int], given: Mapping[str, Any]) -> None:
    if not chosen:
        raise Refused("Обращения не выбраны.", "Отметьте нужные строки.")
    if len(chosen) > MOST_ROWS:
        raise Refused(f"За один раз — не больше {MOST_ROWS} обращений.", "Выберите меньше строк.")
    if verb == BulkVerb.EXTEND and not (given.get("reason") and given.get("notice_text")):
        raise Refused(
            "Не указаны причина продления и уведомление.",
            "Закон требует уведомить каждого заявителя (ст. 12 ч. 2 № 59-ФЗ).",
        )
    if verb == BulkVerb.REASSIGN and not given.get("body_id"):
        raise Refused("Не выбран исполнитель.", "Выберите орган из списка.")


@transaction.atomic
def _begin(run_id: int) -> BulkRun:
    run = BulkRun.objects.select_for_update().get(pk=run_id)
    if run.state == BulkState.HELD and clock.now() >= run.apply_after:
        run.state = BulkState.RUNNING
        run.save(update_fields=["state"])
    return run


def _access(run: BulkRun) -> Access:
    return rights_of(run, run.account, run.actor_label)


def rights_of(run: BulkRun, account: Account | None, label: str) -> Access:
    """What this person may do now; the product itself when nobody is behind it."""
    if account is None:
        return Access.system(run.municipality_id, label)
    return access_of(account, run.municipality_id, clock.today(run.municipality.tz))


def _do(access: Access, run: BulkRun, row: BulkRow) -> None:
    """The change and the word on it commit together: a crash never repeats what was done."""
    verb = BulkVerb(run.verb)
    try:
        with transaction.atomic():
            was = before(verb, row.appeal_id)
            row.said = VERBS[verb](access, row.appeal_id, run)[:500]
            row.state, row.was = RowState.DONE, {**was, **after(verb, row.appeal_id)}
            row.save(update_fields=["state", "said", "was"])
    except OtklikError as error:
        row.state, row.said = RowState.REFUSED, f"{error.message} {error.mend}".strip()[:500]
        row.save(update_fields=["state", "said"])


def _extend(access: Access, appeal_id: int, run: BulkRun) -> str:
    given = run.given
    deadline = extend_deadline(
        access=access,
        appeal_id=appeal_id,
        days=int(given["days"]),
        reason=given["reason"],
        notice_text=given["notice_text"],
    )
    return f"Срок — {deadline.due_at.astimezone(run.municipality.tz):%d.%m.%Y}"


def _reassign(access: Access, appeal_id: int, run: BulkRun) -> str:
    given = run.given
    made = assign_executor(
        access=access,
        appeal_id=appeal_id,
        body_id=int(given["body_id"]),
        instruction=str(given.get("instruction", "")),
    )
    return f"Исполнитель — {made[0].body}"


def _remind(access: Access, appeal_id: int, run: BulkRun) -> str:
    text = str(run.given.get("text", ""))
    to = remind(access=access, appeal_id=appeal_id, text=text, key=f"bulk{run.pk}")
    return f"Напомнили: {to}"


VERBS: dict[BulkVerb, Callable[[Access, int, BulkRun], str]] = {
    BulkVerb.EXTEND: _extend,
    BulkVerb.REASSIGN: _reassign,
    BulkVerb.REMIND: _remind,
}


def _record(run: BulkRun, access: Access, event: BulkStarted | BulkDone) -> None:
    record(event, actor=access.actor, municipality_id=run.municipality_id)
