"""The only writers of assessments."""

from otklik.insight.assessments.actions.advising import follow, give_task, recommend, take_back
from otklik.insight.assessments.actions.deciding import (
    decide,
    publish,
    send_for_approval,
    write_words,
)
from otklik.insight.assessments.actions.making import make
from otklik.insight.assessments.actions.sending import propose, send_parts

__all__ = [
    "decide",
    "follow",
    "give_task",
    "make",
    "propose",
    "publish",
    "recommend",
    "send_for_approval",
    "send_parts",
    "take_back",
    "write_words",
]
