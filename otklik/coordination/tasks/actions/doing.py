"""What the owner of a task does."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Refused
from otklik.coordination.tasks.actions.common import (
    locked,
    put_down,
    require_doing,
    tell_controller,
)
from otklik.coordination.tasks.events import TaskAccepted, TaskReported
from otklik.coordination.tasks.models import Task
from otklik.coordination.tasks.vocabulary import TASK, TO_DO, TaskState
from otklik.directory.organisation.rules import Access
from otklik.exchange.notifications.vocabulary import NoticeKind
from otklik.records.attachments.actions import store


def accept(*, access: Access, task_id: int) -> Task:
    """Take a task on. Raises Forbidden for others than its owner, Conflict when not new."""
    with transaction.atomic():
        task = locked(access, task_id, (TaskState.NEW,))
        require_doing(access, task)
        task.state = TaskState.ACCEPTED
        task.save(update_fields=["state"])
        put_down(access, TaskAccepted(subject_id=task.pk, case_id=task.appeal_id))
    return task


def report_done(
    *, access: Access, task_id: int, result: str, files: Sequence[tuple[str, bytes]] = ()
) -> Task:
    """Tell that the task is carried out, with files (name, content) (pereslavl:2.4.3).

    Raises Refused for an empty result, and what `attachments.store` raises.
    """
    if not result.strip():
        raise Refused("Не написано, что сделано.", "Впишите результат исполнения.")
    with transaction.atomic():
        task = locked(access, task_id, TO_DO)
        require_doing(access, task)
        for name, content in files:
            store(
                municipality_id=task.municipality_id,
                file_name=name,
                content=content,
                subject=TASK,
                subject_id=task.pk,
            )
        task.state, task.result = TaskState.REPORTED, result.strip()
        task.reported_at = clock.now()
        task.save(update_fields=["state", "result", "reported_at"])
        event = TaskReported(
            subject_id=task.pk, case_id=task.appeal_id, result=task.result, files=len(files)
        )
        put_down(access, event)
        said = f"Поручение №\u00a0{task.pk} исполнено, проверьте: {task.result}"
        tell_controller(task, NoticeKind.INSTRUCTED, said)
    return task
