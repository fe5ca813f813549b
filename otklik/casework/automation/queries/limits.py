"""What the centre lets rules do by themselves."""

from __future__ import annotations

from otklik.casework.automation.vocabulary import AnswerMode
from otklik.directory.organisation.models import Municipality

OPTION = "automatic_answers"


def answer_limit(municipality: Municipality) -> AnswerMode:
    """How far a ready answer may go; a draft unless the centre has said otherwise."""
    value = municipality.settings.get(OPTION)
    return AnswerMode(value) if value in AnswerMode.values else AnswerMode.DRAFT
