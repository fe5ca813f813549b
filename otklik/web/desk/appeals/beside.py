"""What may stand beside a case. Most cases have hardly any of it: all tables are asked at once."""

from __future__ import annotations

from functools import cache

from django.db import connection
from django.db.models import Model

from otklik.casework.appeals.models import Appeal
from otklik.casework.automation.models import Firing
from otklik.casework.control.models import Told
from otklik.casework.problems.models import ProblemCase
from otklik.casework.proceedings.models import Decision
from otklik.casework.quality.models import Finding, Signal
from otklik.casework.replies.models import Proposal
from otklik.casework.teamwork.models import Entry, HandBack, InfoRequest
from otklik.coordination.regional.models import RegionalItem
from otklik.coordination.tasks.models import Task

_OF_CASE: tuple[type[Model], ...] = (
    ProblemCase, Finding, Signal, Firing, Told, Task, RegionalItem, Proposal, Entry, InfoRequest,
    Decision,
)  # fmt: skip
"""Tables that name the case."""
_OF_ASSIGNMENT: tuple[type[Model], ...] = (HandBack,)
"""Tables that name an assignment of the case."""


def has(case: Appeal, *models: type[Model]) -> bool:
    """Whether any of these tables holds something of the case: one query for the whole card."""
    known = vars(case).get("beside")
    if known is None:
        known = vars(case)["beside"] = _known(case)
    return any(model in known for model in models)


def _known(case: Appeal) -> frozenset[type[Model]]:
    assignments = [
        one.pk for question in case.questions.all() for one in question.assignments.all()
    ]
    given = [case.pk] * len(_OF_CASE) + [assignments] * len(_OF_ASSIGNMENT)
    with connection.cursor() as cursor:
        cursor.execute(_statement(), given)
        told = cursor.fetchone()
    models = (*_OF_CASE, *_OF_ASSIGNMENT)
    return frozenset(model for model, there in zip(models, told, strict=True) if there)


@cache
def _statement() -> str:
    named = [(model, "appeal_id = %s") for model in _OF_CASE]
    named += [(model, "assignment_id = ANY(%s)") for model in _OF_ASSIGNMENT]
    asked = (f"EXISTS (SELECT 1 FROM {model._meta.db_table} WHERE {how})" for model, how in named)  # noqa: S608
    return f"SELECT {', '.join(asked)}"
