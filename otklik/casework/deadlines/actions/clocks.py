"""A running term is put off, stopped, let go on, restarted, kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.base.errors import Conflict, NotFound, Refused
from otklik.base.events import Event
from otklik.casework.appeals.actions.locking import locked
from otklik.casework.appeals.actions.terms import write_due
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Regime
from otklik.casework.deadlines.actions.notice import send_notice
from otklik.casework.deadlines.actions.setting import met_state
from otklik.casework.deadlines.events import (
    DeadlineExtended,
    DeadlineMet,
    DeadlinePaused,
    DeadlineResumed,
)
from otklik.casework.deadlines.models import Deadline
from otklik.casework.deadlines.queries.planning import extension_of, pauses_of
from otklik.casework.deadlines.rules import LONGEST_EXTENSION, Pause, Rule, due
from otklik.casework.deadlines.vocabulary import (
    OPEN_STATES,
    DeadlineKind,
    DeadlineState,
)
from otklik.directory.calendars.queries import calendar_for
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record

_ANSWERING = (DeadlineKind.ANSWER, DeadlineKind.INTERIM, DeadlineKind.FINAL)


@transaction.atomic
def extend_deadline(
    *, access: Access, appeal_id: int, days: int, reason: str, notice_text: str
) -> Deadline:
    """Put off the answer by at most 30 days, once, and tell the citizen (59-ФЗ, art. 12 part 2).

    The notice goes to the outbox of the channel in the same transaction, so
    that there is no extension without it. Raises Refused, Conflict, Forbidden.
    """
    appeal = locked(access, appeal_id)
    access = access.require(
        Permission.EXTEND, body_id=appeal.executor_body_id, channel=appeal.channel
    )
    deadline = open_answer(appeal)
    _check_extension(appeal, deadline, days, reason, notice_text)
    deadline.extended_days += days
    deadline.extension_reason = reason.strip()
    count_again(deadline, appeal)
    deadline.extended_to = deadline.due_at
    deadline.save()
    send_notice(
        access=access,
        appeal=appeal,
        text=notice_text.strip(),
        times=notice_times(deadline),
    )
    event = DeadlineExtended(
        subject_id=deadline.pk,
        case_id=appeal.pk,
        due_at=deadline.due_at,
        days=days,
        reason=reason.strip(),
    )
    write_down(event, access.actor, appeal)
    return deadline


@transaction.atomic
def pause_deadline(*, access: Access, appeal_id: int, reason: str) -> Deadline:
    """Stop the clock of a message from today, for instance until the citizen names the place.

    59-ФЗ knows no pause: the term of an обращение is refused.
    """
    appeal = locked(access, appeal_id)
    access = access.require(
        Permission.EXTEND, body_id=appeal.executor_body_id, channel=appeal.channel
    )
    deadline = open_answer(appeal)
    if appeal.regime == Regime.LAW59:
        raise Refused(
            "Срок обращения по № 59-ФЗ не приостанавливается.",
            "Если ответ требует времени, продлите срок с уведомлением заявителя.",
        )
    if deadline.state == DeadlineState.PAUSED:
        raise Conflict("Срок уже приостановлен.", "Обновите карточку.")
    if not reason.strip():
        raise Refused("Не указана причина приостановки.", "Напишите её одной фразой.")
    deadline.state = DeadlineState.PAUSED
    deadline.paused_on = clock.today(appeal.municipality.tz)
    deadline.pause_reason = reason.strip()
    deadline.save()
    event = DeadlinePaused(subject_id=deadline.pk, case_id=appeal.pk, reason=reason.strip())
    write_down(event, access.actor, appeal)
    return deadline


@transaction.atomic
def resume_deadline(*, access: Access, appeal_id: int) -> Deadline:
    """Let the clock go on from today; the days it stood are added to the term."""
    appeal = locked(access, appeal_id)
    access = access.require(
        Permission.EXTEND, body_id=appeal.executor_body_id, channel=appeal.channel
    )
    deadline = open_answer(appeal)
    if deadline.state != DeadlineState.PAUSED or deadline.paused_on is None:
        raise Conflict("Срок не приостановлен.", "Обновите карточку.")
    last = clock.today(appeal.municipality.tz) - timedelta(days=1)
    if last >= deadline.paused_on:
        pause = Pause(since=deadline.paused_on, until=last, reason=deadline.pause_reason)
        deadline.pauses = [*deadline.pauses, pause.snapshot()]
    deadline.state, deadline.paused_on, deadline.pause_reason = (
        DeadlineState.RUNNING,
        None,
        "",
    )
    count_again(deadline, appeal)
    deadline.save()
    event = DeadlineResumed(subject_id=deadline.pk, case_id=appeal.pk, due_at=deadline.due_at)
    write_down(event, access.actor, appeal)
    return deadline


@transaction.atomic
def meet_deadline(
    *, actor: Actor, appeal_id: int, kind: DeadlineKind, met_at: datetime
) -> Deadline | None:
    """What was due is done: in time or late, as the moment says.

    Answering also takes off the term of forwarding. Repeating it changes
    nothing; None when the case has no such term.
    """
    appeal = Appeal.objects.select_for_update().get(pk=appeal_id)
    deadline = Deadline.objects.filter(appeal=appeal, kind=kind).first()
    if kind in _ANSWERING:
        Deadline.objects.filter(
            appeal=appeal, kind=DeadlineKind.FORWARDING, state__in=OPEN_STATES
        ).update(state=DeadlineState.CANCELLED)
    if deadline is None or (deadline.met_at == met_at and deadline.state not in OPEN_STATES):
        return deadline
    deadline.met_at = met_at
    deadline.state = met_state(met_at, deadline)
    deadline.save(update_fields=["met_at", "state"])
    event = DeadlineMet(
        subject_id=deadline.pk,
        case_id=appeal.pk,
        kind=kind,
        met_at=met_at,
        late=deadline.state == DeadlineState.MET_LATE,
    )
    write_down(event, actor, appeal)
    return deadline


def open_answer(appeal: Appeal) -> Deadline:
    """The running or paused term of the answer under lock; NotFound or Conflict without one."""
    deadline = (
        Deadline.objects.select_for_update().filter(appeal=appeal, kind=DeadlineKind.ANSWER).first()
    )
    if deadline is None:
        raise NotFound("У обращения нет срока ответа.", "Проверьте правила сроков в настройках.")
    if deadline.state not in OPEN_STATES:
        raise Conflict("Срок ответа уже исполнен или снят.", "Обновите карточку.")
    return deadline


def _check_extension(
    appeal: Appeal, deadline: Deadline, days: int, reason: str, notice_text: str
) -> None:
    if deadline.state == DeadlineState.PAUSED:
        raise Refused("Срок приостановлен.", "Сначала возобновите его.")
    if not reason.strip():
        raise Refused(
            "Не указана причина продления.",
            "Назовите исключительный случай или направленный запрос (ст. 12 ч. 2 № 59-ФЗ).",
        )
    if not notice_text.strip():
        raise Refused(
            "Нельзя продлить срок без уведомления заявителя.",
            "Напишите текст уведомления: он уйдёт заявителю вместе с продлением.",
        )
    if not 1 <= days <= LONGEST_EXTENSION:
        raise Refused(
            "Срок продлевается не более чем на 30 дней.",
            "Укажите от 1 до 30 календарных дней.",
        )
    if appeal.regime == Regime.LAW59 and deadline.extended_days:
        raise Refused(
            "Срок этого обращения уже продлевался.",
            "Закон допускает одно продление: подготовьте ответ к установленной дате.",
        )


def count_again(deadline: Deadline, appeal: Appeal) -> None:
    """Count the term anew by its own snapshot, so that a changed rule does not move it."""
    computed = due(
        Rule.restored(deadline.rule),
        deadline.starts_at,
        calendar_for(appeal.municipality_id),
        pauses_of(deadline),
        extension_of(deadline),
    )
    deadline.due_at, deadline.legal_due_at = computed.due_at, computed.legal_due_at
    deadline.explanation = computed.explanation()
    appeal.due_at = deadline.due_at
    write_due([(appeal.pk, appeal.due_at)])


def notice_times(deadline: Deadline) -> str:
    """An extension after a withdrawn one needs a notice of its own."""
    again = f":{deadline.extensions_withdrawn}" if deadline.extensions_withdrawn else ""
    return f"{deadline.extended_days}{again}"


def write_down(event: Event, actor: Actor, appeal: Appeal) -> None:
    """Record what happened to a term of this case."""
    record(event, actor=actor, municipality_id=appeal.municipality_id)
