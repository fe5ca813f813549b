"""All running terms counted anew, chunk by chunk, after the calendar or the rules changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.db import transaction

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.base.errors import Conflict, Refused
from otklik.casework.appeals.actions.terms import write_due
from otklik.casework.deadlines.events import DeadlineMoved, RecountFinished, RecountStarted
from otklik.casework.deadlines.models import Deadline, Recount
from otklik.casework.deadlines.queries.planning import planner_for
from otklik.casework.deadlines.queries.recounting import counted_again, running, with_case
from otklik.casework.deadlines.rules import Computed, Planner, Rule
from otklik.casework.deadlines.rules.recounting import Again
from otklik.casework.deadlines.vocabulary import DeadlineKind, RecountState
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record, record_many

CHUNK = 2000


@transaction.atomic
def start_recount(*, access: Access, reason: str, by_rules: bool = False) -> Recount:
    """Begin to count all running terms anew; the worker carries it through.

    Terms granted, pauses and extensions stay. By rules, the rule in force on the day of receipt
    is chosen again. Raises Refused without a reason, Conflict while another recount runs.
    """
    access = access.require(Permission.SET_UP)
    if not reason.strip():
        raise Refused("Не указано основание пересчёта.", "Назовите, что изменилось.")
    running_now = Recount.objects.select_for_update().filter(
        municipality_id=access.municipality_id, state=RecountState.RUNNING
    )
    if running_now.exists():
        raise Conflict("Сроки уже пересчитываются.", "Дождитесь конца и обновите страницу.")
    made = Recount.objects.create(
        municipality_id=access.municipality_id,
        by_rules=by_rules,
        reason=reason.strip()[:500],
        started_by=access.actor.label,
        started_at=clock.now(),
        total=running(access.municipality_id).count(),
    )
    event = RecountStarted(subject_id=made.pk, reason=made.reason, total=made.total)
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return made


def carry_on(*, recount_id: int, on_step: Callable[[Recount], bool]) -> Recount:
    """Count on from where it stands while `on_step` says so; each chunk commits by itself."""
    run = Recount.objects.get(pk=recount_id)
    planner = planner_for(run.municipality_id)
    again = Again(calendar=planner.calendar)
    while run.state == RecountState.RUNNING:
        run = _chunk(recount_id, again, planner)
        if not on_step(run):
            break
    return run


@transaction.atomic
def _chunk(recount_id: int, again: Again, planner: Planner) -> Recount:
    run = Recount.objects.select_for_update().get(pk=recount_id)
    rows = running(run.municipality_id).filter(pk__gt=run.last_id)
    taken = rows.select_for_update(of=("self",))
    chunk = list((with_case(taken) if run.by_rules else taken)[:CHUNK])
    counted = counted_again(chunk, again, planner if run.by_rules else None)
    run.moved += _write(run, [_moved(*one) for one in counted if one[2].due_at != one[0].due_at])
    run.done += len(chunk)
    if chunk:
        run.last_id = chunk[-1].pk
    if len(chunk) < CHUNK:
        run.state, run.finished_at = RecountState.DONE, clock.now()
        event = RecountFinished(subject_id=run.pk, total=run.done, moved=run.moved)
        record(event, actor=_actor(run), municipality_id=run.municipality_id)
    run.save()
    return run


def _moved(row: Deadline, rule: Rule, computed: Computed) -> tuple[Deadline, DeadlineMoved]:
    event = DeadlineMoved(
        subject_id=row.pk,
        case_id=row.appeal_id,
        kind=row.kind,
        was_due_at=row.due_at,
        due_at=computed.due_at,
        reason="",
    )
    row.rule = rule.snapshot()
    row.due_at, row.legal_due_at = computed.due_at, computed.legal_due_at
    row.extended_to = computed.due_at if row.extended_days else None
    row.explanation = computed.explanation()
    return row, event


def _write(run: Recount, moved: list[tuple[Deadline, DeadlineMoved]]) -> int:
    rows = [row for row, _ in moved]
    columns = ["rule", "due_at", "legal_due_at", "extended_to", "explanation"]
    Deadline.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["appeal", "kind"], update_fields=columns
    )
    write_due([(row.appeal_id, row.due_at) for row in rows if row.kind == DeadlineKind.ANSWER])
    events = [replace(event, reason=run.reason) for _, event in moved]
    if events:
        record_many(events, actor=_actor(run), municipality_id=run.municipality_id, wake=False)
    return len(rows)


def _actor(run: Recount) -> Actor:
    return Actor.system(run.started_by)
