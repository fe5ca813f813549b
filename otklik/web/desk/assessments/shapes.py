"""Assessments as pages show them."""

from __future__ import annotations

from datetime import date
from typing import Any

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.coordination.tasks.vocabulary import TaskState
from otklik.insight.assessments.models import Assessment, Recommendation
from otklik.insight.assessments.rules import CRITERIA
from otklik.insight.assessments.vocabulary import OPEN_STEPS, Kind, State, Step
from otklik.language.wording import signed
from otklik.web.desk.insight.asking import list_url, questions_url

Shown = dict[str, Any]
SENT = "направлена получателям"
STATES = {
    State.DRAFT: "draft",
    State.SENT: "review",
    State.RETURNED: "warn",
    State.APPROVED: "done",
    State.PUBLISHED: "done",
}
STEPS = {
    Step.PLANNED: "draft",
    Step.GIVEN: "wait",
    Step.ACCEPTED: "work",
    Step.DONE: "done",
    Step.DECLINED: "off",
}


def state_of(one: Assessment) -> tuple[str, str]:
    sent = one.kind == Kind.DUTIES and one.state == State.PUBLISHED
    return STATES[State(one.state)], SENT if sent else one.get_state_display()


def advice_row(one: Recommendation, today: date) -> Shown:
    """A recommendation with its term and the state of its task."""
    running = one.step in OPEN_STEPS
    return {
        "one": one,
        "shape": (STEPS[Step(one.step)], one.get_step_display()),
        "late": (today - one.due_on).days if running and one.due_on and one.due_on < today else 0,
        "task": one.task,
        "task_state": TaskState(one.task.state).label if one.task else "",
    }


def content_of(one: Assessment) -> Shown:
    """What the card draws, by kind; every number with its way to the rows."""
    if one.kind == Kind.PROBLEMS:
        return _problems(one)
    rows = []
    for row in one.content["rows"]:
        wanted = AppealFilter(since=one.since, until=one.until, body=row["body"])
        rows.append({"row": row, "url": questions_url(wanted), **_moved(one, row)})
    return {"rows": rows, "formula": one.method.get("formula", [])}


def _moved(one: Assessment, row: Shown) -> Shown:
    if one.kind == Kind.WORK:
        before = row["before"]
        return {"moved": None if before is None else round(row["total"] - before, 1)}
    return {"moved": signed(row["received"] - row["before"])}


def _problems(one: Assessment) -> Shown:
    content = one.content
    wanted = AppealFilter(since=one.since, until=one.until)
    return {
        "content": content,
        "all_url": list_url(wanted),
        "rows": [_problem(one, row) for row in content["rows"]],
        "criteria": [
            {"one": criterion, "weight": one.method["weights"][criterion.slug]}
            for criterion in CRITERIA
        ],
    }


def _problem(one: Assessment, row: Shown) -> Shown:
    wanted = AppealFilter(since=one.since, until=one.until, topic=row["topic"])
    return {
        "row": row,
        "url": list_url(wanted),
        "change": signed(row["received"] - row["before"]),
        "parts": [
            {"name": criterion.name, "points": row["parts"][criterion.slug]}
            for criterion in CRITERIA
        ],
    }
