"""What the actions share: a locked task, the right to watch it, the news to its people."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from otklik.base import clock
from otklik.base.errors import Conflict, Forbidden
from otklik.base.events import Event
from otklik.coordination.tasks.models import Task
from otklik.coordination.tasks.queries import may_control, may_do, owners_of, task_of
from otklik.coordination.tasks.vocabulary import TaskState
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.notifications.actions import tell
from otklik.exchange.notifications.vocabulary import NoticeKind
from otklik.records.journal.actions import record


def today_at(municipality_id: int) -> date:
    return clock.today(Municipality.objects.get(pk=municipality_id).tz)


def locked(access: Access, task_id: int, states: Collection[TaskState]) -> Task:
    """The task, locked; raise NotFound when hidden and Conflict in another state."""
    task_of(access, today_at(access.municipality_id), task_id)
    task = Task.objects.select_for_update().get(pk=task_id)
    if task.state not in states:
        raise Conflict(
            f"Поручение уже в другом состоянии: {task.get_state_display()}.", "Обновите страницу."
        )
    return task


def require_doing(access: Access, task: Task) -> None:
    if not may_do(access, task, today_at(access.municipality_id)):
        raise Forbidden(
            "Поручение дано не вам.", "Отчитывается тот, кому поручено, или его замещающий."
        )


def require_control(access: Access, task: Task) -> Access:
    if not may_control(access, task):
        raise Forbidden(
            "Поручение контролируете не вы.", "Это делает контролёр или тот, кто дал поручение."
        )
    return access.under(Permission.CONTROL, Permission.INSTRUCT, body_id=task.owner_body_id)


def put_down(access: Access, event: Event) -> None:
    record(event, actor=access.actor, municipality_id=access.municipality_id)


def tell_owners(task: Task, kind: NoticeKind, text: str, key: str = "") -> None:
    owners = owners_of(task, today_at(task.municipality_id))
    tell_people(task, owners.values_list("pk", flat=True), kind, text, key)


def tell_controller(task: Task, kind: NoticeKind, text: str, key: str = "") -> None:
    watcher = task.controller_id or task.issued_by_id
    if watcher is not None:
        tell_people(task, [watcher], kind, text, key)


def tell_people(
    task: Task, account_ids: Iterable[int], kind: NoticeKind, text: str, key: str
) -> None:
    tell(
        municipality_id=task.municipality_id,
        account_ids=account_ids,
        kind=kind,
        text=text,
        url=f"/desk/tasks/{task.pk}/",
        key=key,
    )
