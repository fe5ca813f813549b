"""The only writers of personal reception."""

from otklik.casework.reception.actions.booking import NewVisit, book, cancel, miss, move
from otklik.casework.reception.actions.holding import NewCard, QuestionHeard, hold
from otklik.casework.reception.actions.reminding import remind
from otklik.casework.reception.actions.schedule import (
    NewHost,
    NewHours,
    close_days,
    drop_hours,
    keep_category,
    open_hours,
    save_host,
)

__all__ = [
    "NewCard",
    "NewHost",
    "NewHours",
    "NewVisit",
    "QuestionHeard",
    "book",
    "cancel",
    "close_days",
    "drop_hours",
    "hold",
    "keep_category",
    "miss",
    "move",
    "open_hours",
    "remind",
    "save_host",
]
