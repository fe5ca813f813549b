"""Working hours of a day: intervals of the wall clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

Interval = tuple[int, int]
"""Minutes from midnight: (opens, closes), closes excluded."""

SHORT_DAY_CUT = 60
"""Minutes taken off the day before a holiday (Labour Code, article 95)."""

FRIDAY = 4


def minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


@dataclass(frozen=True, kw_only=True)
class WorkingHours:
    """Office hours; Friday may have its own.

    Intervals are ordered, do not touch and stay within one day.
    """

    usual: tuple[Interval, ...]
    friday: tuple[Interval, ...] | None = None

    def __post_init__(self) -> None:
        for day in (self.usual, self.friday or self.usual):
            edges = [edge for interval in day for edge in interval]
            if not edges or edges != sorted(set(edges)) or edges[0] < 0 or edges[-1] > 24 * 60:
                raise ValueError("Working intervals must be ordered and lie within one day")

    @classmethod
    def of(
        cls,
        *,
        opens: time,
        closes: time,
        lunch_from: time | None = None,
        lunch_to: time | None = None,
        friday_closes: time | None = None,
    ) -> "WorkingHours":
        """Hours as a municipality writes them: 9:00 to 18:00, dinner 13:00 to 14:00."""
        lunch = (
            (minutes(lunch_from), minutes(lunch_to))
            if lunch_from is not None and lunch_to is not None
            else None
        )
        usual = _split(minutes(opens), minutes(closes), lunch)
        friday = (
            _split(minutes(opens), minutes(friday_closes), lunch)
            if friday_closes is not None
            else None
        )
        return cls(usual=usual, friday=friday)

    def on(self, weekday: int, *, short: bool) -> tuple[Interval, ...]:
        """Intervals of a working day; a short one loses its last hour."""
        day = self.friday if weekday == FRIDAY and self.friday is not None else self.usual
        return _cut(day, SHORT_DAY_CUT) if short else day


def _split(opens: int, closes: int, lunch: Interval | None) -> tuple[Interval, ...]:
    if lunch is None or not opens < lunch[0] < lunch[1] < closes:
        return ((opens, closes),)
    return ((opens, lunch[0]), (lunch[1], closes))


def _cut(day: Sequence[Interval], spare: int) -> tuple[Interval, ...]:
    kept: list[Interval] = []
    for opens, closes in reversed(day):
        taken = min(spare, closes - opens)
        spare -= taken
        if closes - taken > opens:
            kept.append((opens, closes - taken))
    return tuple(reversed(kept))


OFFICE_HOURS = WorkingHours.of(
    opens=time(9), closes=time(18), lunch_from=time(13), lunch_to=time(14)
)
