"""Giving a task, and giving it to another or for another term."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Forbidden, Refused
from otklik.casework.appeals.queries import visible_to as visible_appeals
from otklik.coordination.tasks.actions.common import (
    locked,
    put_down,
    require_control,
    tell_owners,
    tell_people,
    today_at,
)
from otklik.coordination.tasks.events import TaskIssued, TaskMoved
from otklik.coordination.tasks.models import Task
from otklik.coordination.tasks.queries import candidates, owners_of
from otklik.coordination.tasks.vocabulary import TO_DO, Recurrence
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.queries import appointments_in_force
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.notifications.vocabulary import NoticeKind

FAR_AWAY = 5 * 366


@dataclass(frozen=True)
class Owner:
    """Exactly one of the three."""

    account_id: int | None = None
    body_id: int | None = None
    block_id: int | None = None

    def columns(self) -> dict[str, int | None]:
        return {
            "owner_id": self.account_id,
            "owner_body_id": self.body_id,
            "owner_block_id": self.block_id,
        }


@dataclass(frozen=True, kw_only=True)
class NewTask:
    text: str
    due_on: date
    owner: Owner = field(default_factory=Owner)
    expected: str = ""
    controller_id: int | None = None
    appeal_id: int | None = None
    clause: str = ""
    recurrence: Recurrence = Recurrence.NONE


def issue_task(*, access: Access, new: NewTask) -> Task:
    """Give a task (ust-kubinsky:4.5.3, pereslavl:2.3.4, novoduginsky:2.3.7, tuapse:3.4.3).

    Whoever instructs a block gives tasks only within it (tuapse:3.5.2). Raises Forbidden beyond
    that, and Refused for an empty text, a term in the past, no owner or a controller from
    elsewhere.
    """
    access = access.require_any(Permission.INSTRUCT)
    today = today_at(access.municipality_id)
    _check(access, new, today)
    with transaction.atomic():
        task = Task.objects.create(
            municipality_id=access.municipality_id,
            text=new.text.strip(),
            expected=new.expected.strip(),
            issued_by_id=access.account_id,
            issued_label=access.actor.label,
            issued_at=clock.now(),
            controller_id=new.controller_id,
            due_on=new.due_on,
            first_due_on=new.due_on,
            recurrence=new.recurrence,
            appeal_id=new.appeal_id,
            clause=new.clause.strip(),
            **new.owner.columns(),
        )
        announce(access, task)
    return task


def move_task(
    *,
    access: Access,
    task_id: int,
    reason: str,
    due_on: date | None = None,
    owner: Owner | None = None,
) -> Task:
    """Another term or another owner, with a reason; what is not given stays.

    Raises as `issue_task`, and Conflict when the task is reported or closed.
    """
    if not reason.strip():
        raise Refused("Не указана причина изменения.", "Напишите, почему меняется поручение.")
    today = today_at(access.municipality_id)
    with transaction.atomic():
        task = locked(access, task_id, TO_DO)
        access = require_control(access, task)
        before = set(_owner_ids(task, today))
        if due_on is not None:
            _in_future(due_on, today)
            task.due_on = due_on
        if owner is not None:
            _within(access, owner, today)
            task.owner_role = None
            for column, value in owner.columns().items():
                setattr(task, column, value)
        task.save()
        task.refresh_from_db()
        put_down(
            access,
            TaskMoved(
                subject_id=task.pk,
                case_id=task.appeal_id,
                owner=task.owner_name,
                due_on=task.due_on,
                reason=reason.strip(),
            ),
        )
        said = f"Поручение №\u00a0{task.pk} изменено, срок {task.due_on:%d.%m.%Y}: {reason.strip()}"
        everyone = before | set(_owner_ids(task, today))
        tell_people(task, everyone, NoticeKind.INSTRUCTED, said, "")
    return task


def announce(access: Access, task: Task) -> None:
    """Record a new task and tell its owner and its controller."""
    controller = task.controller.short_name if task.controller else ""
    put_down(
        access,
        TaskIssued(
            subject_id=task.pk,
            case_id=task.appeal_id,
            text=task.text,
            owner=task.owner_name,
            due_on=task.due_on,
            controller=controller,
        ),
    )
    text = f"Поручение №\u00a0{task.pk}, срок {task.due_on:%d.%m.%Y}: {task.text}"
    tell_owners(task, NoticeKind.INSTRUCTED, text, f"task:{task.pk}:issued")
    if task.controller_id is not None and task.controller_id != task.issued_by_id:
        tell_people(
            task,
            [task.controller_id],
            NoticeKind.INSTRUCTED,
            f"Вам на контроль. {text}",
            f"task:{task.pk}:watch",
        )


def _owner_ids(task: Task, today: date) -> list[int]:
    return list(owners_of(task, today).values_list("pk", flat=True))


def _check(access: Access, new: NewTask, today: date) -> None:
    if not new.text.strip():
        raise Refused("Не написано, что сделать.", "Впишите текст поручения.")
    _in_future(new.due_on, today)
    _within(access, new.owner, today)
    if new.controller_id is not None:
        _is_here(access, new.controller_id, today)
    case = new.appeal_id
    if case is not None and not visible_appeals(access).filter(pk=case).exists():
        raise Refused("Обращение не найдено.", "Проверьте номер или оставьте поле пустым.")


def _in_future(due_on: date, today: date) -> None:
    if due_on < today:
        raise Refused("Срок поручения уже прошёл.", "Укажите сегодняшний или более поздний день.")
    if (due_on - today).days > FAR_AWAY:
        raise Refused("Срок поручения дальше пяти лет.", "Проверьте год.")


def _within(access: Access, owner: Owner, today: date) -> None:
    given = [value for value in owner.columns().values() if value is not None]
    if len(given) != 1:
        raise Refused("Не выбрано, кому поручить.", "Выберите одного: человека, орган или блок.")
    known = candidates(access, today)
    offered: dict[str, set[int]] = {
        "owner_id": {one.pk for one in known.people},
        "owner_body_id": {one.pk for one in known.bodies},
        "owner_block_id": {one.pk for one in known.blocks},
    }
    for column, value in owner.columns().items():
        if value is not None and value not in offered[column]:
            raise Forbidden(
                "Вы не можете дать поручение этому исполнителю.",
                "Поручения дают в пределах своего блока или органа.",
            )


def _is_here(access: Access, account_id: int, today: date) -> None:
    held = appointments_in_force(today).filter(role__municipality_id=access.municipality_id)
    people = Account.objects.filter(pk__in=held.values("account_id"), is_active=True)
    if not people.filter(pk=account_id).exists():
        raise Refused("Контролёр не работает в вашем центре.", "Выберите сотрудника из списка.")
