"""Narrow rows for analysis; rebuilt from the cases at any time."""

from otklik.insight.facts.models.following import Touch
from otklik.insight.facts.models.months import FactMonth, FactStrip
from otklik.insight.facts.models.questions import QuestionFact
from otklik.insight.facts.models.work import AnswerFact, AssignmentFact, ScoreFact

__all__ = [
    "AnswerFact",
    "AssignmentFact",
    "FactMonth",
    "FactStrip",
    "QuestionFact",
    "ScoreFact",
    "Touch",
]
