"""What the program suspects, and what people decide about it (ust-kubinsky:3.1.l)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, NotFound, Refused
from otklik.casework.quality.actions.findings import (
    NewConflict,
    NewFault,
    mark_fault,
    record_conflict,
)
from otklik.casework.quality.events import SignalDecided
from otklik.casework.quality.models import Finding, Signal
from otklik.casework.quality.queries.noticing import Noticed, noticed
from otklik.casework.quality.queries.registers import signals_for
from otklik.casework.quality.vocabulary import SignalState, Source
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record

CHUNK = 1000


def gather_signals(*, municipality_id: int, since: datetime) -> int:
    """Propose what has been noticed since then; each thing once, however often this runs."""
    before = Signal.objects.filter(municipality_id=municipality_id).count()
    for found in _chunks(noticed(municipality_id, since)):
        Signal.objects.bulk_create(
            [
                Signal(
                    municipality_id=municipality_id,
                    appeal_id=one.appeal_id,
                    reply_id=one.reply_id,
                    kind=one.kind,
                    text=one.text,
                    key=one.key,
                    noticed_at=clock.now(),
                )
                for one in found
            ],
            ignore_conflicts=True,
        )
    return Signal.objects.filter(municipality_id=municipality_id).count() - before


@transaction.atomic
def confirm(*, access: Access, signal_id: int, new: NewFault | NewConflict) -> Finding:
    """A signal was right: it becomes an error of the answer or a conflict."""
    signal = _waiting(access, signal_id)
    if isinstance(new, NewFault):
        finding = mark_fault(
            access=access, appeal_id=signal.appeal_id, new=new, source=Source.SIGNAL
        )
    else:
        finding = record_conflict(access=access, new=new, source=Source.SIGNAL)
    signal.finding = finding
    _decide(access, signal, SignalState.CONFIRMED, "")
    return finding


@transaction.atomic
def dismiss(*, access: Access, signal_id: int, reason: str) -> Signal:
    """A signal was wrong; it does not come again."""
    if not reason.strip():
        raise Refused("Не сказано, почему сигнал отклонён.", "Напишите причину одной фразой.")
    signal = _waiting(access, signal_id)
    _decide(access, signal, SignalState.DISMISSED, reason.strip()[:500])
    return signal


def _waiting(access: Access, signal_id: int) -> Signal:
    signal = (
        signals_for(access)
        .select_for_update(of=("self",))
        .select_related("appeal")
        .filter(pk=signal_id)
        .first()
    )
    if signal is None:
        raise NotFound("Такого сигнала нет или он вам не доступен.", "Обновите страницу.")
    access.require(
        Permission.QUALITY, body_id=signal.appeal.executor_body_id, channel=signal.appeal.channel
    )
    if signal.state != SignalState.WAITING:
        raise Conflict("По этому сигналу уже решено.", "Обновите страницу.")
    return signal


def _decide(access: Access, signal: Signal, state: SignalState, reason: str) -> None:
    access = access.under(
        Permission.QUALITY, body_id=signal.appeal.executor_body_id, channel=signal.appeal.channel
    )
    signal.state, signal.reason = state, reason
    signal.decided_at, signal.decided_by = clock.now(), access.actor.label
    signal.save()
    event = SignalDecided(
        subject_id=signal.pk,
        case_id=signal.appeal_id,
        confirmed=state == SignalState.CONFIRMED,
        text=signal.text,
        reason=reason,
    )
    record(event, actor=access.actor, municipality_id=access.municipality_id)


def _chunks(found: Iterator[Noticed]) -> Iterator[list[Noticed]]:
    chunk: list[Noticed] = []
    for one in found:
        chunk.append(one)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
