"""Non-working days of Russia with the yearly transfers of the Government.

The package `holidays` keeps the transfers; days declared non-working by decrees
of the President in 2020 and 2021 did not stop statutory terms and are not here.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays

from otklik.directory.calendars.vocabulary import DayKind

FIRST_YEAR = 2015
LAST_YEAR = 2030

_MOVED_FROM = re.compile(r"перенесено с (\d{2})\.(\d{2})\.(\d{4})")


@lru_cache(maxsize=1)
def federal_days() -> Mapping[date, DayKind]:
    """Every date of 2015–2030 that differs from what its weekday tells."""
    names = country_holidays("RU", years=range(FIRST_YEAR, LAST_YEAR + 1), language="ru")
    red = {day: names[day] for day in names}
    kinds: dict[date, DayKind] = {}
    for day, name in red.items():
        kinds[day] = DayKind.HOLIDAY if _is_holiday(name) else DayKind.DAY_OFF
    worked_weekends = _worked_weekends(red)
    kinds.update(dict.fromkeys(worked_weekends, DayKind.WORKING))
    kinds.update(dict.fromkeys(_short_days(kinds, worked_weekends), DayKind.SHORT))
    return kinds


@lru_cache(maxsize=1)
def transfers_known_until() -> date:
    """The last day of the last year whose transferred days are published."""
    names = country_holidays("RU", years=range(FIRST_YEAR, LAST_YEAR + 1), language="ru")
    return date(max(day.year for day in names if _MOVED_FROM.search(names[day])), 12, 31)


def _is_holiday(name: str) -> bool:
    return not name.startswith("Выходной") and not name.endswith("(выходной)")


def _worked_weekends(red: Mapping[date, str]) -> dict[date, date]:
    """Weekend days that became working ones, with the day off given for each."""
    moved: dict[date, date] = {}
    for rest, name in red.items():
        if found := _MOVED_FROM.search(name):
            day, month, year = map(int, found.groups())
            worked = date(year, month, day)
            if worked not in red:
                moved[worked] = rest
    return moved


def _short_days(kinds: Mapping[date, DayKind], worked: Mapping[date, date]) -> set[date]:
    """Labour Code, article 95: the day before a holiday is an hour shorter.

    When the day before a holiday is itself a transferred day off, the weekend
    day worked in its stead is the short one.
    """
    short: set[date] = set()
    origin = {rest: day for day, rest in worked.items()}
    for day, kind in kinds.items():
        if kind != DayKind.HOLIDAY:
            continue
        eve = day - timedelta(days=1)
        if eve in origin:
            short.add(origin[eve])
        elif eve in worked or (eve not in kinds and eve.weekday() < 5):
            short.add(eve)
    return short
