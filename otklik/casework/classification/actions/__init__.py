"""Suggesting topics, taking decisions of people, and learning from the centre's own history."""

from otklik.casework.classification.actions.deciding import (
    choose_topic,
    confirm_topic,
    file_alone,
)
from otklik.casework.classification.actions.learning import learn, promote_anyway
from otklik.casework.classification.actions.setting import (
    LEAST_THRESHOLD,
    THRESHOLD,
    ask_to_learn,
    set_threshold,
)
from otklik.casework.classification.actions.suggesting import suggest, suggest_many

__all__ = [
    "LEAST_THRESHOLD",
    "THRESHOLD",
    "ask_to_learn",
    "choose_topic",
    "confirm_topic",
    "file_alone",
    "learn",
    "promote_anyway",
    "set_threshold",
    "suggest",
    "suggest_many",
]
