"""Terms begin to run: for one case, or for a whole import at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice

from django.db import connection, transaction

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.base.bulk import copy_new
from otklik.casework.appeals.actions.terms import write_due
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Regime, Status
from otklik.casework.deadlines.events import DeadlineSet
from otklik.casework.deadlines.models import Deadline
from otklik.casework.deadlines.queries.forwarding import Forwarding, forwarding_of
from otklik.casework.deadlines.queries.planning import (
    case_facts,
    extension_of,
    pauses_of,
    planner_for,
    starts_of,
)
from otklik.casework.deadlines.rules import Computed, Planner, Rule, Step, Term
from otklik.casework.deadlines.rules.plan import SET_AT_REGISTRATION
from otklik.casework.deadlines.vocabulary import (
    EXTERNAL,
    OPEN_STATES,
    DeadlineKind,
    DeadlineState,
)
from otklik.records.journal.actions import record_many

BATCH = 2000
_WRITTEN = (
    "rule",
    "starts_at",
    "due_at",
    "legal_due_at",
    "explanation",
    "state",
    "met_at",
    "extended_to",
    "extended_days",
    "pauses",
    "restarted_at",
)
_KEPT = (
    "state",
    "met_at",
    "restarted_at",
    "pauses",
    "paused_on",
    "pause_reason",
    "extended_days",
    "extension_reason",
)


@transaction.atomic
def set_deadlines(*, appeal: Appeal, actor: Actor | None = None) -> list[Deadline]:
    """Count the terms of a saved appeal, anew if they were set before.

    Extensions and pauses already granted are kept. `appeal.due_at` becomes the
    term of the answer. Called inside the caller's transaction.
    """
    return _set([appeal], planner_for(appeal.municipality_id), actor or Actor.system())


def recount_deadlines(*, appeal_id: int) -> list[Deadline]:
    """The same for a case named by its id, after its topic, procedure or state changed."""
    with transaction.atomic():
        appeal = Appeal.objects.select_for_update().filter(pk=appeal_id).first()
        return [] if appeal is None else set_deadlines(appeal=appeal)


def set_deadlines_many(
    *,
    appeals: Iterable[Appeal],
    planner: Planner | None = None,
    actor: Actor | None = None,
) -> int:
    """The same for many appeals of one municipality; returns the number of terms set.

    Each batch commits by itself unless the caller holds a transaction. A
    planner may be passed by a caller that already planned `due_at` before
    saving: then the appeals are not written again.
    """
    rows, total = iter(appeals), 0
    while batch := list(islice(rows, BATCH)):
        planner = planner or planner_for(batch[0].municipality_id)
        with transaction.atomic():
            total += len(_set(batch, planner, actor or Actor.system()))
    return total


def _set(appeals: Sequence[Appeal], planner: Planner, actor: Actor) -> list[Deadline]:
    existing = _existing(appeals)
    sent_on = forwarding_of(one.pk for one in appeals if one.regime == Regime.LAW59)
    wanted: list[Deadline] = []
    moved: list[Appeal] = []
    for appeal in appeals:
        for term in _terms(appeal, planner, existing):
            deadline = _deadline(appeal, term, existing)
            _settle(deadline, appeal, sent_on.get(appeal.pk, Forwarding()))
            wanted.append(deadline)
            if term.rule.kind == DeadlineKind.ANSWER and appeal.due_at != deadline.due_at:
                appeal.due_at = deadline.due_at
                moved.append(appeal)
    before = {(row.appeal_id, row.kind): row.due_at for row in existing.values()}
    _write(wanted, existing)
    events = [
        _event(row)
        for row in wanted
        if row.kind == DeadlineKind.ANSWER and before.get((row.appeal_id, row.kind)) != row.due_at
    ]
    if events:
        municipality = appeals[0].municipality_id
        record_many(events, actor=actor, municipality_id=municipality, wake=len(appeals) == 1)
    write_due([(appeal.pk, appeal.due_at) for appeal in moved])
    return wanted


def _write(wanted: Sequence[Deadline], existing: dict[tuple[int, str], Deadline]) -> None:
    """New terms by COPY, terms set before by an upsert that leaves their other columns alone."""
    fresh = [row for row in wanted if (row.appeal_id, row.kind) not in existing]
    copy_new(connection, fresh)
    if len(fresh) == len(wanted):
        return
    Deadline.objects.bulk_create(
        [row for row in wanted if (row.appeal_id, row.kind) in existing],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["appeal", "kind"],
        update_fields=_WRITTEN,
    )


def _existing(appeals: Sequence[Appeal]) -> dict[tuple[int, str], Deadline]:
    rows = Deadline.objects.filter(appeal_id__in=[appeal.pk for appeal in appeals])
    return {(row.appeal_id, row.kind): row for row in rows}


def _terms(
    appeal: Appeal, planner: Planner, existing: dict[tuple[int, str], Deadline]
) -> list[Term]:
    case = case_facts(appeal, planner)
    found = []
    for kind in SET_AT_REGISTRATION:
        before = existing.get((appeal.pk, kind))
        if before is not None and _reopened(before, appeal):
            before.restarted_at, before.extended_days, before.pauses = (
                clock.now(),
                0,
                [],
            )
        if before is not None and _from_outside(before, appeal):
            found.append(_as_it_stands(before))
            continue
        starts = starts_of(appeal, None if before is None else before.restarted_at)
        term = planner.term(kind, case, starts, pauses_of(before), extension_of(before))
        if term is not None:
            found.append(term)
    return found


def _reopened(before: Deadline, appeal: Appeal) -> bool:
    """An answered case in work again: its answer term runs anew from today."""
    return before.kind == DeadlineKind.ANSWER and before.met_at is not None and appeal.is_open


def _from_outside(before: Deadline, appeal: Appeal) -> bool:
    """A term set by the other system stays, until the case becomes an обращение or starts anew."""
    external = before.rule["slug"] == EXTERNAL and before.restarted_at is None
    return external and appeal.regime != Regime.LAW59


def _as_it_stands(before: Deadline) -> Term:
    steps = tuple(Step(**step) for step in before.explanation["steps"])
    return Term(
        rule=Rule.restored(before.rule),
        starts_at=before.starts_at,
        computed=Computed(
            due_at=before.due_at,
            legal_due_at=before.legal_due_at,
            steps=steps,
            sentence=before.explanation["sentence"],
        ),
    )


def _deadline(appeal: Appeal, term: Term, existing: dict[tuple[int, str], Deadline]) -> Deadline:
    before = existing.get((appeal.pk, term.rule.kind))
    deadline = Deadline(
        municipality_id=appeal.municipality_id,
        appeal_id=appeal.pk,
        kind=term.rule.kind,
        rule=term.rule.snapshot(),
        starts_at=term.starts_at,
        due_at=term.computed.due_at,
        legal_due_at=term.computed.legal_due_at,
        explanation=term.computed.explanation(),
    )
    if before is not None:
        for name in _KEPT:
            setattr(deadline, name, getattr(before, name))
        deadline.extended_to = deadline.due_at if before.extended_days else None
    return deadline


def _settle(deadline: Deadline, appeal: Appeal, sent_on: Forwarding) -> None:
    """Close the terms of what is done already: registered, answered, forwarded, stopped."""
    done = _done_at(DeadlineKind(deadline.kind), appeal, sent_on)
    if done is not None:
        deadline.met_at, deadline.state = done, met_state(done, deadline)
    elif _needless(deadline, appeal, sent_on):
        deadline.met_at, deadline.state = None, DeadlineState.CANCELLED
    elif deadline.state not in OPEN_STATES:
        deadline.met_at, deadline.state = None, DeadlineState.RUNNING


def _done_at(kind: DeadlineKind, appeal: Appeal, sent_on: Forwarding) -> datetime | None:
    if kind == DeadlineKind.REGISTRATION:
        return appeal.registered_at
    if kind == DeadlineKind.FORWARDING:
        whole = appeal.answered_at if appeal.status == Status.FORWARDED else None
        return whole or (None if sent_on.waiting else sent_on.sent_at)
    told = appeal.status in (Status.ANSWERED, Status.LEFT)
    return appeal.answered_at if told else None


def _needless(deadline: Deadline, appeal: Appeal, sent_on: Forwarding) -> bool:
    """An answer to a forwarded case; forwarding where each question has somebody to answer it.

    Forwarding is due within seven days of registration (59-ФЗ, art. 8 part 3), so a case taken up
    again has no such term.
    """
    if deadline.kind == DeadlineKind.FORWARDING:
        return not appeal.is_open or not sent_on.waiting or appeal.reopened > 0
    return not appeal.is_open


def met_state(done: datetime, deadline: Deadline) -> DeadlineState:
    return DeadlineState.MET if done <= deadline.due_at else DeadlineState.MET_LATE


def _event(deadline: Deadline) -> DeadlineSet:
    return DeadlineSet(
        subject_id=deadline.pk,
        case_id=deadline.appeal_id,
        kind=deadline.kind,
        due_at=deadline.due_at,
        explanation=deadline.explanation["sentence"],
    )
