"""When a task comes again, how it stands to its term, which points a text has."""

from otklik.coordination.tasks.rules.points import Point, points_of
from otklik.coordination.tasks.rules.recurring import Period, next_due, period_of
from otklik.coordination.tasks.rules.standing import clause_order, light_of, standing_of

__all__ = [
    "Period",
    "Point",
    "clause_order",
    "light_of",
    "next_due",
    "period_of",
    "points_of",
    "standing_of",
]
