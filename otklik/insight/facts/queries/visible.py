"""Where every count starts."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

from otklik.directory.organisation.queries import reached
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.facts.models import AnswerFact, AssignmentFact, QuestionFact, ScoreFact

FactT = TypeVar("FactT", bound=Model)


def visible_to(access: Access) -> QuerySet[QuestionFact]:
    """Facts within the reach of the right to analysis; raises Forbidden without it."""
    return _visible(QuestionFact, access)


def visible_assignments(access: Access) -> QuerySet[AssignmentFact]:
    """Parts of the cases within that reach, other bodies' parts of the same cases too."""
    return _visible(AssignmentFact, access)


def visible_answers(access: Access) -> QuerySet[AnswerFact]:
    """Answers to the cases within that reach."""
    return _visible(AnswerFact, access)


def visible_scores(access: Access) -> QuerySet[ScoreFact]:
    """Scores of the cases within that reach."""
    return _visible(ScoreFact, access)


def _visible(model: type[FactT], access: Access) -> QuerySet[FactT]:
    access = access.require_any(Permission.ANALYTICS)
    found = model._default_manager.filter(municipality_id=access.municipality_id)
    return found.filter(reached(access, Permission.ANALYTICS))
