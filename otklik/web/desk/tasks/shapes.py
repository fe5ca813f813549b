"""Traffic light of tasks and clauses: a shape for every word."""

from __future__ import annotations

from datetime import date

from otklik.coordination.tasks.models import Task
from otklik.coordination.tasks.rules import light_of
from otklik.coordination.tasks.vocabulary import Light, Standing, TaskState

LIGHTS = {
    Light.OVERDUE: "danger",
    Light.TODAY: "warn",
    Light.SOON: "wait",
    Light.CALM: "work",
    Light.WAITING: "review",
    Light.CLOSED: "closed",
}
STATES = {
    TaskState.NEW: "new",
    TaskState.ACCEPTED: "work",
    TaskState.REPORTED: "review",
    TaskState.RETURNED: "warn",
    TaskState.DONE: "done",
    TaskState.CANCELLED: "off",
}
STANDINGS = {
    Standing.OVERDUE: "danger",
    Standing.VACANT: "warn",
    Standing.NOTHING: "draft",
    Standing.RUNNING: "work",
    Standing.FULFILLED: "done",
}


def light(task: Task, today: date) -> tuple[str, str]:
    """The shape and the word of a task's term."""
    found = light_of(task.state, task.due_on, today)
    return LIGHTS[found], str(found.label)
