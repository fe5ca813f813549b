"""What the controller of a task does."""

from __future__ import annotations

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Refused
from otklik.coordination.tasks.actions.common import (
    locked,
    put_down,
    require_control,
    tell_owners,
)
from otklik.coordination.tasks.events import TaskCancelled, TaskDone, TaskReturned
from otklik.coordination.tasks.models import Task
from otklik.coordination.tasks.vocabulary import OPEN, TaskState
from otklik.directory.organisation.rules import Access
from otklik.exchange.notifications.vocabulary import NoticeKind


def accept_result(*, access: Access, task_id: int) -> Task:
    """Take the task off control. Raises Conflict while nobody has reported on it."""
    with transaction.atomic():
        task = locked(access, task_id, (TaskState.REPORTED,))
        access = require_control(access, task)
        task.state, task.closed_at = TaskState.DONE, clock.now()
        task.save(update_fields=["state", "closed_at"])
        put_down(access, TaskDone(subject_id=task.pk, case_id=task.appeal_id))
    return task


def return_task(*, access: Access, task_id: int, remark: str) -> Task:
    """Send the report back with a remark; the term stays. Raises Refused without a remark."""
    if not remark.strip():
        raise Refused("Не написано, что доработать.", "Впишите замечание.")
    with transaction.atomic():
        task = locked(access, task_id, (TaskState.REPORTED,))
        access = require_control(access, task)
        task.state, task.remark = TaskState.RETURNED, remark.strip()
        task.reported_at = None
        task.save(update_fields=["state", "remark", "reported_at"])
        put_down(
            access, TaskReturned(subject_id=task.pk, case_id=task.appeal_id, remark=task.remark)
        )
        said = f"Поручение №\u00a0{task.pk} возвращено на доработку: {task.remark}"
        tell_owners(task, NoticeKind.RETURNED, said)
    return task


def cancel(*, access: Access, task_id: int, reason: str) -> Task:
    """Nobody has to do the task any more; a row of recurring tasks ends with it."""
    if not reason.strip():
        raise Refused("Не указана причина отмены.", "Напишите, почему поручение отменяется.")
    with transaction.atomic():
        task = locked(access, task_id, OPEN)
        access = require_control(access, task)
        task.state, task.closed_at = TaskState.CANCELLED, clock.now()
        task.remark = reason.strip()
        task.save(update_fields=["state", "closed_at", "remark"])
        put_down(
            access, TaskCancelled(subject_id=task.pk, case_id=task.appeal_id, reason=task.remark)
        )
        said = f"Поручение №\u00a0{task.pk} отменено: {task.remark}"
        tell_owners(task, NoticeKind.INSTRUCTED, said)
    return task
