"""How a task stands to its term, and how a clause is carried out."""

from __future__ import annotations

import re
from datetime import date, timedelta

from otklik.coordination.tasks.vocabulary import TO_DO, Light, Standing, TaskState

WEEK = timedelta(days=7)


def light_of(state: str, due_on: date, today: date) -> Light:
    """The term is kept until the end of its day; a report stops the clock."""
    if state == TaskState.REPORTED:
        return Light.WAITING
    if state not in TO_DO:
        return Light.CLOSED
    if due_on < today:
        return Light.OVERDUE
    if due_on == today:
        return Light.TODAY
    return Light.SOON if due_on <= today + WEEK else Light.CALM


def standing_of(
    *, overdue: int, vacant: int, held: int, running: int, means: int, fulfilled: bool
) -> Standing:
    """Counts of what is linked to one clause → its standing (the worst that holds).

    `vacant`, `held`: roles nobody and somebody holds; `running`: open tasks and recurring
    functions; `means`: channels, terms, steps and reports set up; `fulfilled`: noted as fulfilled.
    """
    if overdue:
        return Standing.OVERDUE
    if vacant and not held:
        return Standing.VACANT
    if running or held or means:
        return Standing.FULFILLED if fulfilled and not running else Standing.RUNNING
    return Standing.FULFILLED if fulfilled else Standing.NOTHING


def clause_order(clause: str) -> tuple[tuple[int, int, str], ...]:
    """Sorting key: «order.2» before «1.2» before «1.10» before «app1.3»."""
    place = 0 if clause.startswith("order") else 2 if re.match(r"(app|structure)", clause) else 1
    parts = tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part) for part in clause.split(".")
    )
    return ((place, 0, ""), *parts)
