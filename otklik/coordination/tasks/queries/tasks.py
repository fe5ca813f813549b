"""Lists of tasks. Every list starts from `visible_to(access, on)`."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Max, Q, QuerySet

from otklik.base.errors import NotFound
from otklik.coordination.tasks.models import CentreFunction, Task
from otklik.coordination.tasks.queries.owners import charged_to, watched_by
from otklik.coordination.tasks.vocabulary import OPEN, TO_DO, TaskState
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission

PAGE = 50
VIEWS = ("mine", "watched", "all")


def visible_to(access: Access, on: date) -> QuerySet[Task]:
    """Tasks given to the person, watched or issued by him, and those of the bodies he directs."""
    found = Task.objects.filter(municipality_id=access.municipality_id)
    reaches = [access.reach(right) for right in (Permission.INSTRUCT, Permission.CONTROL)]
    if any(reach.everywhere for reach in reaches):
        return found
    bodies = sorted(set().union(*(reach.body_ids for reach in reaches)))
    return found.filter(charged_to(access, on) | watched_by(access) | Q(owner_body__in=bodies))


def listed(
    access: Access, on: date, *, view: str = "all", state: str = "open", role_id: int | None = None
) -> QuerySet[Task]:
    """`view`: mine, watched, all; `state`: open, overdue, or a state. The earliest term first."""
    found = visible_to(access, on)
    if view == "mine":
        found = found.filter(charged_to(access, on))
    elif view == "watched":
        found = found.filter(watched_by(access))
    if state == "open":
        found = found.filter(state__in=OPEN)
    elif state == "overdue":
        found = found.filter(state__in=TO_DO, due_on__lt=on)
    elif state in TaskState.values:
        found = found.filter(state=state)
    if role_id:
        found = found.filter(owner_role_id=role_id)
    return (
        found.select_related(
            "owner", "owner_body", "owner_block", "owner_role", "controller", "appeal", "function"
        )
        .defer("appeal__search", "appeal__text")
        .order_by("due_on", "pk")
    )


def task_of(access: Access, on: date, pk: int) -> Task:
    """One task; NotFound when hidden or absent."""
    found = listed(access, on, state="").filter(pk=pk).first()
    if found is None:
        raise NotFound("Такого поручения нет или оно вам не доступно.", "Откройте список заново.")
    return found


def counts(access: Access, on: date) -> dict[str, int]:
    """Open tasks of each view and the overdue ones: one statement."""
    mine, watched = charged_to(access, on), watched_by(access)
    late = Q(state__in=TO_DO, due_on__lt=on)
    return (
        visible_to(access, on)
        .filter(state__in=OPEN)
        .aggregate(
            mine=Count("pk", filter=mine),
            watched=Count("pk", filter=watched),
            all=Count("pk"),
            overdue=Count("pk", filter=late),
            mine_overdue=Count("pk", filter=late & mine),
        )
    )


def functions(municipality_id: int) -> QuerySet[CentreFunction]:
    """Functions with their owner role, the number of open tasks and the last fulfilment."""
    return (
        CentreFunction.objects.filter(municipality_id=municipality_id)
        .select_related("owner_role")
        .annotate(
            open_tasks=Count("tasks", filter=Q(tasks__state__in=OPEN)),
            last_done=Max("tasks__closed_at", filter=Q(tasks__state=TaskState.DONE)),
        )
        .order_by("-is_active", "name", "pk")
    )


def of_case(appeal_id: int) -> list[Task]:
    """Tasks on one appeal, for its card: one statement. The case itself was checked."""
    found = Task.objects.filter(appeal_id=appeal_id)
    return list(found.select_related("owner", "owner_body", "owner_block", "owner_role")[:20])
