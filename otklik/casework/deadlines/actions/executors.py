"""Internal terms of executors: the head and the administrator each set their own."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import NotFound, Refused
from otklik.casework.appeals.actions.locking import locked
from otklik.casework.appeals.actions.terms import write_executor_due
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.deadlines.actions.clocks import write_down
from otklik.casework.deadlines.events import (
    ExecutorTermSet,
    ExecutorTermWinnerSet,
    ExecutorTermWithdrawn,
)
from otklik.casework.deadlines.models import ExecutorTerm
from otklik.casework.deadlines.queries.executors import WINNER
from otklik.casework.deadlines.rules.governing import HEAD, governing
from otklik.casework.deadlines.vocabulary import TermSetter, TermStage
from otklik.directory.organisation.actions.options import set_option
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record


def setter_of(access: Access, body_id: int | None, channel: str) -> TermSetter:
    """Whoever names executors speaks as the head, anybody else as the administrator."""
    head = access.allows(Permission.ASSIGN, body_id=body_id, channel=channel)
    return TermSetter.HEAD if head else TermSetter.ADMINISTRATOR


@transaction.atomic
def set_executor_term(
    *,
    access: Access,
    assignment_id: int,
    due_on: date | None,
    stage: TermStage = TermStage.WHOLE,
) -> ExecutorTerm:
    """Set one's own internal term of an executor's part, till the end of a day; anew replaces it.

    By the right to extend terms (ust-kubinsky:4.9 gives it to both). Raises Refused without a
    day, for a past one, or for one after the term of the answer.
    """
    assignment, appeal = _assignment(access, assignment_id)
    access = access.require(Permission.EXTEND, body_id=assignment.body_id, channel=appeal.channel)
    due_at = _end(appeal, due_on)
    setter = setter_of(access, assignment.body_id, appeal.channel)
    _withdraw(assignment, stage, setter)
    made = ExecutorTerm.objects.create(
        municipality_id=appeal.municipality_id,
        assignment=assignment,
        stage=stage,
        setter=setter,
        due_at=due_at,
        account_id=access.account_id,
        label=access.actor.label,
        set_at=clock.now(),
    )
    event = ExecutorTermSet(
        subject_id=made.pk,
        case_id=appeal.pk,
        body=str(assignment.body),
        stage_label=stage.label,
        setter_label=setter.label,
        due_on=f"{due_on:%d.%m.%Y}",
    )
    write_down(event, access.actor, appeal)
    _settle(assignment, appeal.municipality)
    return made


@transaction.atomic
def withdraw_executor_term(
    *, access: Access, assignment_id: int, stage: TermStage = TermStage.WHOLE
) -> None:
    """Take one's own term back; the other's, if there is one, holds from now on."""
    assignment, appeal = _assignment(access, assignment_id)
    access = access.require(Permission.EXTEND, body_id=assignment.body_id, channel=appeal.channel)
    setter = setter_of(access, assignment.body_id, appeal.channel)
    if not _withdraw(assignment, stage, setter):
        raise NotFound("Вы этого срока не устанавливали.", "Снять его может тот, кто установил.")
    event = ExecutorTermWithdrawn(
        subject_id=assignment.pk,
        case_id=appeal.pk,
        body=str(assignment.body),
        stage_label=stage.label,
        setter_label=setter.label,
    )
    write_down(event, access.actor, appeal)
    _settle(assignment, appeal.municipality)


@transaction.atomic
def set_who_wins(*, access: Access, setter: TermSetter) -> None:
    """Choose whose internal term holds where both set one; terms in force follow at once."""
    access = access.require(Permission.SET_UP)
    here = access.municipality_id
    set_option(municipality_id=here, name=WINNER, value=setter.value)
    event = ExecutorTermWinnerSet(subject_id=here, setter_label=setter.label)
    record(event, actor=access.actor, municipality_id=here)
    centre = Municipality.objects.get(pk=here)
    both = Assignment.objects.filter(
        terms__municipality=centre, terms__withdrawn_at__isnull=True, withdrawn_at__isnull=True
    ).distinct()
    for assignment in both:
        _settle(assignment, centre)


def carry_executor_terms(*, former: Assignment, made: Assignment) -> None:
    """An assignment given back to its executor keeps the terms set for him."""
    ExecutorTerm.objects.filter(assignment=former, withdrawn_at__isnull=True).update(
        assignment=made
    )


def _assignment(access: Access, assignment_id: int) -> tuple[Assignment, Appeal]:
    found = (
        Assignment.objects.select_related("question", "body")
        .filter(pk=assignment_id, withdrawn_at__isnull=True)
        .first()
    )
    if found is None:
        raise NotFound("Этого поручения уже нет.", "Обновите карточку.")
    appeal = locked(access, found.question.appeal_id)
    if not Assignment.objects.filter(pk=found.pk, withdrawn_at__isnull=True).exists():
        raise NotFound("Этого поручения уже нет.", "Обновите карточку.")
    if not appeal.is_open:
        raise Refused("Обращение уже закрыто.", "Срок исполнителю больше не нужен.")
    return found, appeal


def _end(appeal: Appeal, due_on: date | None) -> datetime:
    if due_on is None:
        raise Refused("Не указан срок исполнителя.", "Выберите день.")
    zone = appeal.municipality.tz
    if due_on < clock.today(zone):
        raise Refused("Этот день уже прошёл.", "Выберите сегодняшний или будущий день.")
    end = datetime.combine(due_on, time(23, 59, 59), tzinfo=zone)
    if appeal.due_at is not None and due_on > appeal.due_at.astimezone(zone).date():
        raise Refused(
            "Срок исполнителя не может быть позже срока ответа "
            f"({appeal.due_at.astimezone(zone):%d.%m.%Y}).",
            "Выберите день раньше или продлите срок ответа.",
        )
    return end


def _withdraw(assignment: Assignment, stage: TermStage, setter: TermSetter) -> bool:
    live = ExecutorTerm.objects.filter(
        assignment=assignment, stage=stage, setter=setter, withdrawn_at__isnull=True
    )
    return bool(live.update(withdrawn_at=clock.now()))


def _settle(assignment: Assignment, centre: Municipality) -> None:
    """The term of the whole part that holds is the executor's term everywhere."""
    live = ExecutorTerm.objects.filter(
        assignment=assignment, stage=TermStage.WHOLE, withdrawn_at__isnull=True
    )
    holds = governing(live, centre.settings.get(WINNER, HEAD))
    write_executor_due(assignment.pk, holds.due_at if holds else None)
