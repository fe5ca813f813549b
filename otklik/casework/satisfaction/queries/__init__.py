"""Surveys by link and their results."""

from otklik.casework.satisfaction.queries.links import (
    SALT,
    average,
    scores_of,
    survey_for,
    survey_of,
    token_of,
)
from otklik.casework.satisfaction.queries.summary import Opinion, Opinions, opinions
from otklik.casework.satisfaction.vocabulary import By

__all__ = [
    "SALT",
    "By",
    "Opinion",
    "Opinions",
    "average",
    "opinions",
    "scores_of",
    "survey_for",
    "survey_of",
    "token_of",
]
